import { useState } from 'react'
import type { WalletView } from '../../../shared/contract/wallet.contract.ts'
import { useAppActions } from '../../bridge/app-actions.ts'
import { useCommand } from '../../bridge/use-command.ts'
import { useSubscription } from '../../bridge/use-subscription.ts'
import { hrefOf } from '../../format/route.ts'
import { Button } from '../../ui/button.tsx'
import { Head } from '../../ui/head.tsx'
import { KnownAsContext } from '../../ui/known-as-context.ts'
import { ErrorNote } from '../../ui/note.tsx'
import { Failed, Loading } from '../../ui/states.tsx'
import { AddWallet } from './add-wallet.tsx'
import { TrashList } from './trash-list.tsx'
import { WalletDrawer } from './wallet-drawer.tsx'
import { WalletRow } from './wallet-row.tsx'

/** Here the wallet's own name stands above each address. */
const NAMELESS: ReadonlyMap<string, string> = new Map()

const NONE: readonly WalletView[] = []

export function WalletsView() {
  const heard = useSubscription('wallet.state')
  const select = useCommand('wallet.select')
  const actions = useAppActions()
  const [adding, setAdding] = useState(false)
  const [managed, setManaged] = useState<string>()
  const state = heard.state === 'ready' ? heard.value : undefined
  const wallets = state?.wallets ?? NONE
  const open = wallets.find(({ name }) => name === managed)
  const tell = (title: string) => actions.tell({ kind: 'done', title })
  return (
    <>
      <Head title="Wallets" age={<span className="age">{wallets.length} on this computer</span>}>
        <a className="btn" href={hrefOf({ view: 'limits' })}>
          Signing limits
        </a>
        {!adding && <Button onPress={() => setAdding(true)}>Add a wallet</Button>}
      </Head>
      {heard.state === 'loading' && <Loading awaits="the wallets" />}
      {heard.state === 'failed' && <Failed error={heard.error} />}
      {select.error && (
        <div className="pad">
          <ErrorNote error={select.error} />
        </div>
      )}
      {adding && (
        <div className="pad rule-after grid gap-3">
          <span className="row">
            <h2>Add a wallet</h2>
            <span className="end">
              <Button kind="quiet" onPress={() => setAdding(false)}>
                Cancel
              </Button>
            </span>
          </span>
          <AddWallet
            onAdded={(name) => {
              setAdding(false)
              tell(`${name} was saved.`)
            }}
          />
        </div>
      )}
      <KnownAsContext value={NAMELESS}>
        <ul aria-label="Wallets of this computer">
          {wallets.map((wallet) => (
            <WalletRow
              key={wallet.name}
              wallet={wallet}
              shown={wallet.name === state?.active?.name}
              managed={wallet.name === managed}
              onShow={() => void select.send({ name: wallet.name })}
              onManage={() => setManaged(wallet.name)}
            />
          ))}
        </ul>
        {state?.active && (
          <nav className="pad row wrap" aria-label="Guards of the wallet shown now">
            <span className="soft">
              Guards of <bdi>{state.active.name}</bdi>:
            </span>
            <a className="btn" href={hrefOf({ view: 'proxies' })}>
              Who may act
            </a>
            <a className="btn" href={hrefOf({ view: 'coldkey' })}>
              Change of coldkey
            </a>
          </nav>
        )}
        <TrashList wallets={wallets} onDone={tell} />
        {open && (
          <WalletDrawer
            key={open.address}
            wallet={open}
            onRenamed={setManaged}
            onDone={tell}
            onClose={() => setManaged(undefined)}
          />
        )}
      </KnownAsContext>
    </>
  )
}
