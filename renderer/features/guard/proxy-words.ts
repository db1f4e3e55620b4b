import type { GrantRisk, ProxyCall, ProxyRule } from '../../../shared/accounts/proxy.ts'
import { PROXY_TYPES, type ProxyType } from '../../../shared/signing/intent.ts'
import { writeDuration } from '../../format/time.ts'

/** What can be lost, for the sentence beside a grant. */
export const RISK_WORDS: Readonly<Record<GrantRisk, { readonly short: string; readonly long: string }>> = {
  'can-move-tao': { short: 'can move TAO', long: 'It can send the TAO of this account away.' },
  'can-give-stake-away': { short: 'can give stake away', long: 'It can give the stake of this account to others.' },
  'can-add-proxies': { short: 'can let others act', long: 'It can let further accounts act for this one.' },
  'unknown-type': {
    short: 'unknown kind',
    long: 'The chain does not tell here what this kind may do. Treat it as if it could do everything.',
  },
}

/** What remains where none of the above is possible. */
export const NO_RISK =
  'It can neither send TAO nor give stake away. It can still act badly: trade stake at a bad price, or choose a bad validator.'

export const isProxyType = (name: string): name is ProxyType => Object.hasOwn(PROXY_TYPES, name)
export const PROXY_TYPE_NAMES: readonly ProxyType[] = Object.keys(PROXY_TYPES).filter(isProxyType)

export const writeDelay = (blocks: number, blockMs: number): string =>
  blocks === 0 ? 'at once' : `announced ${blocks} blocks before, about ${writeDuration(blocks * blockMs)}`

const callWords = ({ call, below, around }: ProxyCall): string =>
  `${call}${below ? ` (${below.argument} below ${below.limit})` : ''}${around ? ` (around ${around})` : ''}`

/** The chain's own list as a sentence and its calls. */
export function ruleWords(rule: ProxyRule | undefined): { readonly title: string; readonly calls: readonly string[] } {
  if (!rule) return { title: 'The chain does not tell what this kind may do.', calls: [] }
  const calls = rule.calls.map(callWords)
  const count = calls.length === 1 ? '1 call' : `${calls.length} calls`
  const besides = rule.exceptions.length > 0 ? `, besides ${rule.exceptions.map(callWords).join(', ')}` : ''
  switch (rule.mode) {
    case 'everything':
      return { title: `May make every call${besides}.`, calls: [] }
    case 'nothing':
      return { title: `May make no call${besides}.`, calls: [] }
    case 'only':
      return { title: `May make only these ${count}${besides}.`, calls }
    case 'all-but':
      return { title: `May make every call but these ${count}${besides}.`, calls }
  }
}

/** Whole blocks as a person types them. */
export const readBlocks = (text: string): number | undefined =>
  /^\d{1,9}$/.test(text.trim()) ? Number(text.trim()) : undefined
