import { useState } from 'react'
import type { WalletView } from '../../../shared/contract/wallet.contract.ts'
import { valueIn } from '../../bridge/loadable.ts'
import { useCommand } from '../../bridge/use-command.ts'
import { useSubscription } from '../../bridge/use-subscription.ts'
import { Brand } from '../../ui/brand.tsx'
import { NextStart } from '../../ui/next-start.tsx'
import { ErrorNote, Note } from '../../ui/note.tsx'
import { usePlay } from '../../ui/play-context.ts'
import { AddWallet } from './add-wallet.tsx'
import { TrashList } from './trash-list.tsx'

const NONE: readonly WalletView[] = []

/** Second answer of a newcomer: which keys. Stands alone, because without a wallet there is nothing else to see. */
export function SetupView() {
  const play = usePlay()
  const status = valueIn(useSubscription('network.status'))
  const wallets = valueIn(useSubscription('wallet.state'))?.wallets ?? NONE
  const select = useCommand('wallet.select')
  const leave = useCommand('network.leave')
  const [done, setDone] = useState(false)
  return (
    <main className="setup">
      <Brand />
      <h1 className="welcome-title">{play ? 'A wallet for practice' : 'Your wallet'}</h1>
      <p className="soft">
        {play
          ? 'It lives in a folder of its own and never appears among real ones.'
          : `For ${status?.label ?? 'the real network'}. Keys stay on this computer.`}{' '}
        <button type="button" className="linklike" onClick={() => void leave.send({})}>
          Choose another network
        </button>
      </p>
      {status?.error && <ErrorNote error={status.error} />}
      <NextStart status={status} />
      {wallets.length > 0 && (
        <section className="grid gap-2" aria-label="Wallets of this computer">
          <h2>Wallets of this computer</h2>
          <ul className="grid gap-1">
            {wallets.map((wallet) => (
              <li key={wallet.name}>
                <button type="button" className="linklike" onClick={() => void select.send({ name: wallet.name })}>
                  Use {wallet.name}
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
      {done && <Note title="Saved.">The wallet is being opened.</Note>}
      <AddWallet onAdded={() => setDone(true)} />
      <TrashList wallets={wallets} onDone={() => setDone(true)} />
    </main>
  )
}
