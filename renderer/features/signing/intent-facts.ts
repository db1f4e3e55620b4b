import type { Intent, MaxWeight, Timepoint } from '../../../shared/signing/intent.ts'
import type { LimitOrder } from '../../../shared/signing/limit-order.ts'
import { orderSentence } from '../../../shared/words/order-words.ts'

type FieldsOf<T> = T extends unknown ? keyof T : never
/** Every field of every intent, but what carries other calls. */
export type IntentField = Exclude<FieldsOf<Intent>, 'kind' | 'intent' | 'intents'>

/** How a fact is shown. Amounts in 1e-9 of their unit. */
export type FactValue =
  | { readonly as: 'account'; readonly address: string }
  | { readonly as: 'accounts'; readonly addresses: readonly string[] }
  | { readonly as: 'subnet'; readonly netuid: number }
  | { readonly as: 'tao' | 'price'; readonly amount: bigint }
  | { readonly as: 'alpha'; readonly amount: bigint; readonly netuid: number }
  | { readonly as: 'text'; readonly text: string }
  | { readonly as: 'code'; readonly text: string }

export interface IntentFact {
  readonly field: IntentField
  readonly name: string
  readonly value: FactValue
  /** The figure by which the call is judged: shown largest. */
  readonly isMain?: boolean
}

type Raw = Readonly<Partial<Record<IntentField, unknown>>>
type Reader = readonly [name: string, read: (raw: Raw, intent: Intent) => FactValue | undefined]

const text = (words: string): FactValue => ({ as: 'text', text: words })
const account =
  (field: IntentField): Reader[1] =>
  (raw) =>
    raw[field] === undefined ? undefined : { as: 'account', address: String(raw[field]) }
const subnet =
  (field: IntentField): Reader[1] =>
  (raw) =>
    raw[field] === undefined ? undefined : { as: 'subnet', netuid: Number(raw[field]) }
const plain =
  (field: IntentField): Reader[1] =>
  (raw) =>
    raw[field] === undefined ? undefined : text(String(raw[field]))
const kinds = (intent: Intent, ...of: readonly Intent['kind'][]): boolean => of.includes(intent.kind)

const IN_TAO: readonly Intent['kind'][] = ['add-stake', 'transfer']
const MODES = {
  all: 'all of them or none',
  'until-failure': 'in order, up to the first that fails',
  each: 'each, whatever happens to the others',
}
const blocksOf = (delay: unknown): string =>
  delay === 0 ? 'none: it acts at once' : `${String(delay)} blocks after each announcement`
const weightOf = ({ refTime, proofSize }: MaxWeight): string =>
  `${refTime} ps of computing, ${proofSize} bytes of proof`
const pointOf = ({ height, index }: Timepoint): string => `block ${height}, extrinsic ${index}`

/**
 * One reader for each field, in the order in which they are shown. A new field does not compile until it is here. Where the
 * absence of a field means something, the reader says what.
 */
const READERS: { readonly [F in IntentField]: Reader } = {
  amount: [
    'Amount',
    ({ amount, netuid, fromNetuid }, intent) => {
      if (typeof amount !== 'bigint') return undefined
      return IN_TAO.includes(intent.kind)
        ? { as: 'tao', amount }
        : { as: 'alpha', amount, netuid: Number(netuid ?? fromNetuid) }
    },
  ],
  limit: ['At most', ({ limit }) => (typeof limit === 'bigint' ? { as: 'tao', amount: limit } : undefined)],
  to: ['To', account('to')],
  newColdkey: ['New coldkey', account('newColdkey')],
  delegate: ['Proxy', account('delegate')],
  real: ['In the name of', account('real')],
  spawner: ['Made by', account('spawner')],
  fromHotkey: ['From hotkey', account('fromHotkey')],
  toHotkey: ['To hotkey', account('toHotkey')],
  hotkey: ['Hotkey', account('hotkey')],
  newHotkey: ['New hotkey', account('newHotkey')],
  netuid: [
    'Subnet',
    (raw, intent) => subnet('netuid')(raw, intent) ?? (kinds(intent, 'swap-hotkey') ? text('all of them') : undefined),
  ],
  keepStake: [
    'Stake behind it',
    ({ keepStake }) =>
      keepStake === undefined ? undefined : text(keepStake ? 'stays behind the old hotkey' : 'goes to the new hotkey'),
  ],
  fromNetuid: ['From subnet', subnet('fromNetuid')],
  toNetuid: ['To subnet', subnet('toNetuid')],
  limitPrice: [
    'Price limit',
    ({ limitPrice }, intent) => {
      if (typeof limitPrice === 'bigint') return { as: 'price', amount: limitPrice }
      return kinds(intent, 'remove-stake-full') ? text('none: at any price') : undefined
    },
  ],
  limitRatio: [
    'Ratio limit',
    ({ limitRatio }) =>
      limitRatio === undefined
        ? undefined
        : text(`at least ${String(limitRatio)} × 10⁻⁹ for the price of the origin divided by that of the destination`),
  ],
  enabled: [
    'Set to',
    ({ enabled }, intent) => {
      if (enabled === undefined) return undefined
      if (kinds(intent, 'set-perpetual-lock')) return text(enabled ? 'perpetual: it does not decay' : 'decaying')
      return text(enabled ? 'locked alpha is refused' : 'locked alpha is taken')
    },
  ],
  subnets: [
    'Subnets',
    ({ subnets }) =>
      Array.isArray(subnets) ? text(subnets.length === 0 ? 'all of them' : subnets.map(String).join(', ')) : undefined,
  ],
  order: ['Order', ({ order }) => (order ? { as: 'text', text: orderSentence(order as LimitOrder) } : undefined)],
  allowPartial: [
    'At the limit',
    ({ allowPartial }, intent) => {
      if (!kinds(intent, 'add-stake', 'remove-stake', 'swap-stake', 'move-stake-limit')) return undefined
      return text(allowPartial === true ? 'a part is done, up to the limit' : 'all of it or nothing')
    },
  ],
  allowDeath: [
    'Closing',
    ({ allowDeath }, intent) => {
      if (!kinds(intent, 'transfer')) return undefined
      return text(allowDeath === true ? 'may close the sending account' : 'keeps the sending account open')
    },
  ],
  keepAlive: [
    'Closing',
    ({ keepAlive }, intent) => {
      if (!kinds(intent, 'transfer-all')) return undefined
      return text(keepAlive === true ? 'keeps the sending account open' : 'closes the sending account')
    },
  ],
  ip: ['Address', plain('ip')],
  port: ['Port', plain('port')],
  version: [
    'Version',
    ({ version }, intent) =>
      kinds(intent, 'serve-axon') ? text(version === undefined ? 'not looked at' : String(version)) : undefined,
  ],
  protocol: [
    'Protocol',
    ({ protocol }, intent) =>
      kinds(intent, 'serve-axon') ? text(protocol === undefined ? 'not looked at' : String(protocol)) : undefined,
  ],
  proxyType: ['Kind of proxy', plain('proxyType')],
  forceType: [
    'Kind of proxy',
    ({ forceType }, intent) =>
      kinds(intent, 'proxied', 'proxied-announced')
        ? text(forceType === undefined ? 'any grant that lets it through' : String(forceType))
        : undefined,
  ],
  delay: ['Delay', ({ delay }) => (delay === undefined ? undefined : text(blocksOf(delay)))],
  index: ['Number', plain('index')],
  height: ['Made in block', plain('height')],
  extIndex: ['Made by extrinsic', plain('extIndex')],
  mode: ['Carried out', ({ mode }) => (mode === undefined ? undefined : text(MODES[mode as keyof typeof MODES]))],
  threshold: ['Approvals needed', plain('threshold')],
  others: [
    'Other members',
    ({ others }) => (Array.isArray(others) ? { as: 'accounts', addresses: others.map(String) } : undefined),
  ],
  timepoint: [
    'Opened in',
    ({ timepoint }, intent) => {
      if (timepoint !== undefined) return text(pointOf(timepoint as Timepoint))
      return kinds(intent, 'multisig-approve', 'multisig-execute') ? text('this is the first approval') : undefined
    },
  ],
  callHash: [
    'Hash of the call',
    ({ callHash }) => (callHash === undefined ? undefined : { as: 'code', text: String(callHash) }),
  ],
  maxWeight: ['May weigh', ({ maxWeight }) => (maxWeight ? text(weightOf(maxWeight as MaxWeight)) : undefined)],
}
const FIELDS = Object.keys(READERS) as readonly IntentField[]
const MAIN: ReadonlySet<IntentField> = new Set(['amount', 'limit'])

/** All that an intent says besides its kind and the calls inside it. Pure; one fact for each field. */
export function factsOf(intent: Intent): readonly IntentFact[] {
  // The cast: an intent is its fields; which of them it has, its kind says.
  const raw = intent as unknown as Raw
  return FIELDS.flatMap((field) => {
    const [name, read] = READERS[field]
    const value = read(raw, intent)
    return value === undefined ? [] : [{ field, name, value, ...(MAIN.has(field) ? { isMain: true } : {}) }]
  })
}
