import { useState } from 'react'
import { useAppActions } from '../../bridge/app-actions.ts'
import { valueIn } from '../../bridge/loadable.ts'
import { useCommand } from '../../bridge/use-command.ts'
import { useSubscription } from '../../bridge/use-subscription.ts'
import { FullAddress } from '../../ui/address.tsx'
import { Button } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Head } from '../../ui/head.tsx'
import { ErrorNote } from '../../ui/note.tsx'
import { AddWallet } from './add-wallet.tsx'

export function WalletsView() {
  const state = valueIn(useSubscription('wallet.state'))
  const select = useCommand('wallet.select')
  const actions = useAppActions()
  const [adding, setAdding] = useState(false)
  const wallets = state?.wallets ?? []
  return (
    <>
      <Head title="Wallets" age={<span className="age">{wallets.length} on this computer</span>}>
        {!adding && <Button onPress={() => setAdding(true)}>Add a wallet</Button>}
      </Head>
      {select.error && (
        <div className="pad">
          <ErrorNote error={select.error} />
        </div>
      )}
      <ul>
        {wallets.map((wallet) => (
          <li key={wallet.name} className="wallet-row">
            <div className="grid min-w-0 gap-1">
              <span className="row wrap">
                <b className="clip">{wallet.name}</b>
                {wallet.name === state?.active?.name && <Chip kind="good">shown now</Chip>}
                <Chip kind={wallet.watchOnly ? 'dashed' : 'neutral'}>
                  {wallet.watchOnly ? 'watch only' : wallet.unlocked ? 'unlocked' : 'locked'}
                </Chip>
                {!wallet.encrypted && !wallet.watchOnly && <Chip kind="warn">key file not encrypted</Chip>}
                <span className="mute">
                  {wallet.cryptoType}, {wallet.hotkeys.length} {wallet.hotkeys.length === 1 ? 'hotkey' : 'hotkeys'}
                </span>
              </span>
              <FullAddress address={wallet.address} />
            </div>
            {wallet.name !== state?.active?.name && (
              <span className="end">
                <Button onPress={() => void select.send({ name: wallet.name })}>Show {wallet.name}</Button>
              </span>
            )}
          </li>
        ))}
      </ul>
      {adding && (
        <div className="pad rule grid gap-3">
          <h2>Add a wallet</h2>
          <AddWallet
            onAdded={(name) => {
              setAdding(false)
              actions.tell({ kind: 'done', title: `${name} was saved.` })
            }}
          />
          <div>
            <Button kind="quiet" onPress={() => setAdding(false)}>
              Cancel
            </Button>
          </div>
        </div>
      )}
    </>
  )
}
