import { valueIn } from '../../bridge/loadable.ts'
import { useSubscription } from '../../bridge/use-subscription.ts'
import { hrefOf, type LimitsPart } from '../../format/route.ts'
import { Head } from '../../ui/head.tsx'
import { Empty } from '../../ui/states.tsx'
import { AuditPart } from './audit-part.tsx'
import { LimitsOfWallet } from './limits-of-wallet.tsx'
import { MessagesPart } from './messages-part.tsx'

const PARTS: readonly { readonly part?: LimitsPart; readonly text: string }[] = [
  { text: 'Limits' },
  { part: 'log', text: 'Log' },
  { part: 'messages', text: 'Messages' },
]
const TITLES = { limits: 'Signing limits', log: 'Log of signatures', messages: 'Signed messages' }

/** What the signer refuses by itself, what it signed, and texts that it signs. */
export function LimitsView({ part }: { readonly part?: LimitsPart | undefined }) {
  const wallet = valueIn(useSubscription('wallet.state'))?.active
  return (
    <>
      <Head title={TITLES[part ?? 'limits']} age={<span className="age">{wallet?.name}</span>}>
        <nav className="seg" aria-label="Parts of the signer">
          {PARTS.map((entry) => (
            <a
              key={entry.text}
              className="seg-link"
              href={hrefOf({ view: 'limits', ...(entry.part ? { part: entry.part } : {}) })}
              aria-current={entry.part === part ? 'page' : undefined}
            >
              {entry.text}
            </a>
          ))}
        </nav>
      </Head>
      {part === 'messages' ? (
        <MessagesPart key={wallet?.name} wallet={wallet} />
      ) : !wallet ? null : wallet.watchOnly ? (
        <Empty title="This wallet is only watched">
          <p className="soft">Its key is not here, so nothing is signed with it and there is nothing to limit.</p>
        </Empty>
      ) : part === 'log' ? (
        <AuditPart key={wallet.name} wallet={wallet} />
      ) : (
        <LimitsOfWallet key={wallet.name} wallet={wallet} />
      )}
    </>
  )
}
