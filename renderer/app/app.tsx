import { valueIn } from '../bridge/loadable.ts'
import { useChain } from '../bridge/use-chain.ts'
import { useDoor } from '../bridge/use-door.ts'
import { useFiatPrice } from '../bridge/use-fiat-price.ts'
import { useSubscription } from '../bridge/use-subscription.ts'
import { SetupView } from '../features/wallets/setup.view.tsx'
import { WelcomeView } from '../features/welcome/welcome.view.tsx'
import { FiatContext } from '../ui/fiat-context.ts'
import { Note } from '../ui/note.tsx'
import { PlayContext } from '../ui/play-context.ts'
import { Loading } from '../ui/states.tsx'
import { Band } from './shell/band.tsx'
import { Shell } from './shell/shell.tsx'
import { usePracticeMark, useTheme } from './use-appearance.ts'

function NoDoor() {
  return (
    <main className="page">
      <h1 className="vh">Taoforge</h1>
      <Note kind="bad" title="The app does not answer.">
        <p>Either it does not run, or this page was opened without its token.</p>
        <p>Open the address that the app printed at its start, with all that follows the # sign.</p>
      </Note>
    </main>
  )
}

/** Network first, wallet second, then the views. */
export function App() {
  useTheme()
  const door = useDoor()
  const chain = useChain()
  const fiat = useFiatPrice()
  const network = useSubscription('network.status')
  const wallets = useSubscription('wallet.state')
  const status = valueIn(network)
  const wallet = valueIn(wallets)
  const waiting = !status || !wallet
  const place = waiting ? 'Opening' : !status.choice ? 'Welcome' : !wallet.active ? 'Your wallet' : undefined
  usePracticeMark(chain.play, place ?? 'Portfolio')
  if (door === 'refused') return <NoDoor />
  if (waiting)
    return (
      <main className="page">
        <h1 className="vh">Taoforge</h1>
        <Loading awaits="the app" rows={2} />
      </main>
    )
  return (
    <PlayContext value={chain.play}>
      <FiatContext value={fiat}>
        {!status.choice ? (
          <WelcomeView />
        ) : !wallet.active ? (
          <div className="alone">
            <Band />
            <SetupView />
          </div>
        ) : (
          <Shell wallet={wallet.active} />
        )}
        <div className="frame" aria-hidden="true" />
      </FiatContext>
    </PlayContext>
  )
}
