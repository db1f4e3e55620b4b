import { valueIn } from '../../bridge/loadable.ts'
import { useQuestion } from '../../bridge/use-question.ts'
import { Brand } from '../../ui/brand.tsx'
import { PracticeColumn } from './practice-column.tsx'
import { RealColumn } from './real-column.tsx'

const ROWS = ['Money', 'You can lose', 'Chain', 'Mining', 'Keys', 'Internet'] as const
const PRACTICE = [
  'Play TAO. It is worth nothing and cannot leave this computer.',
  'Nothing but time and electricity.',
  'A small chain that runs on this computer. The official tools accept it.',
  'A practice validator asks your computer and pays play TAO at each epoch.',
  'A practice wallet in a folder of its own.',
  'Not needed.',
]
const REAL = [
  'Real TAO.',
  'Everything that you stake, spend on a place to mine, or send.',
  'A public chain, reached through an endpoint that you choose.',
  'Validators decide. You may pay for a place and earn nothing.',
  'Yours, on this computer, locked with your password. Nobody can restore them for you.',
  'Needed for the chain. Nothing else is contacted unless you ask.',
]

/** First answer of a newcomer: play money or real money. Practice is the main button. */
export function WelcomeView() {
  const info = useQuestion('app.info', {})
  const version = info.state === 'ready' ? valueIn(info)?.version : undefined
  return (
    <div className="welcome">
      <header className="welcome-head">
        <Brand />
      </header>
      <main className="welcome-body">
        <h1 className="welcome-title">Practice first, or use the real network?</h1>
        <p className="soft welcome-sub">
          Both have the same screens. You can change over later; the wallets stay apart.
        </p>
        <div className="choices">
          <section className="choice is-practice" aria-labelledby="practice-title">
            <div className="choice-bar" />
            <div className="choice-top">
              <h2 id="practice-title">Practice network</h2>
              <p className="soft">Learn every step, mining too, with play money.</p>
            </div>
            <Facts texts={PRACTICE} />
            <PracticeColumn />
          </section>
          <section className="choice is-real" aria-labelledby="real-title">
            <div className="choice-bar" />
            <div className="choice-top">
              <h2 id="real-title">Real network</h2>
              <p className="soft">For TAO that you own.</p>
            </div>
            <Facts texts={REAL} />
            <RealColumn />
          </section>
        </div>
      </main>
      <footer className="welcome-foot">
        <span>{version ? `Version ${version}` : 'Taoforge'}</span>
        <span>No account. No telemetry.</span>
      </footer>
    </div>
  )
}

function Facts({ texts }: { readonly texts: readonly string[] }) {
  return (
    <dl className="facts">
      {ROWS.map((row, index) => (
        <div key={row}>
          <dt>{row}</dt>
          <dd className={row === 'You can lose' ? 'strong' : undefined}>{texts[index]}</dd>
        </div>
      ))}
    </dl>
  )
}
