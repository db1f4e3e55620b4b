import { type ProxyRule, risksOf } from '../../../shared/accounts/proxy.ts'
import { Chip } from '../../ui/chip.tsx'
import { NO_RISK, RISK_WORDS, ruleWords } from './proxy-words.ts'

export interface GrantRuleProps {
  readonly proxyType: string
  readonly rules: readonly ProxyRule[] | undefined
}

/** What can be lost through a kind of proxy, in words, and the chain's own list of calls behind it. */
export function GrantRule({ proxyType, rules }: GrantRuleProps) {
  const risks = risksOf(proxyType, rules ?? [])
  const { title, calls } = ruleWords(rules?.find((rule) => rule.proxyType === proxyType))
  return (
    <div className="grid gap-1">
      <span className="row wrap">
        {risks.length === 0 && <Chip kind="good">no way to send or give away</Chip>}
        {risks.map((risk) => (
          <Chip key={risk} kind={risk === 'unknown-type' ? 'warn' : 'bad'}>
            {RISK_WORDS[risk].short}
          </Chip>
        ))}
      </span>
      <p className="soft small">
        {risks.length === 0 ? NO_RISK : risks.map((risk) => RISK_WORDS[risk].long).join(' ')}
      </p>
      {calls.length > 0 ? (
        <details>
          <summary className="small">{title}</summary>
          <ul className="calls">
            {calls.map((call) => (
              <li key={call}>{call}</li>
            ))}
          </ul>
        </details>
      ) : (
        <p className="soft small">{title}</p>
      )}
    </div>
  )
}
