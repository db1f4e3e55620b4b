import { parseIp, scopeOf } from '../mining/ip-address.ts'
import type { NetworkKind } from '../network/network.ts'

export type Family = 4 | 6

/** What one server outside said about our address. */
export interface StunFact {
  readonly server: string
  readonly address?: string | undefined
}

export type MapRefusal = 'not-allowed' | 'taken' | 'no-room' | 'no-connection' | 'not-understood' | 'no-answer'

export interface RouterFact {
  readonly speaks: 'nat-pmp' | 'upnp'
  readonly gateway: string
  /** The address that the router has outside; absent: it did not say. */
  readonly outside?: string | undefined
  readonly port:
    | { readonly state: 'not-asked' }
    /** `outer` is what the internet has to name; `untilClosed`: the router takes no end. */
    | { readonly state: 'open'; readonly outer: number; readonly untilClosed: boolean }
    | { readonly state: 'refused'; readonly why: MapRefusal }
}

export type ProbeFact =
  /** `from`: where the connection came from that brought our number. `seen`: where the helper saw us come from. */
  | {
      readonly state: 'knocked'
      readonly helper: string
      readonly from: string
      readonly seen: string
      readonly port: number
    }
  | { readonly state: 'closed'; readonly helper: string; readonly seen: string; readonly port: number }
  | { readonly state: 'inside' | 'later' | 'silent' | 'not-trusted'; readonly helper: string }
  /** Our own port could not be listened on, so nobody was asked. */
  | { readonly state: 'port-taken'; readonly helper: string }

/** Everything that was found out about one family of addresses. */
export interface FamilyFacts {
  readonly family: Family
  /** Addresses of this computer, without loopback and without those of one cable only. */
  readonly own: readonly string[]
  readonly stun: readonly StunFact[]
  /** Absent: no router answered, or none was asked. */
  readonly router?: RouterFact | undefined
  readonly routerAsked: boolean
  readonly probes: readonly ProbeFact[]
}

export type Reason =
  | 'no-address'
  | 'own-public'
  | 'behind-router'
  | 'provider-shares'
  | 'router-behind-router'
  | 'router-differs'
  | 'nobody-asked'
  | 'servers-silent'
  | 'servers-differ'
  | 'one-witness'
  | 'router-silent'
  | 'port-opened'
  | 'port-refused'
  | 'knocked'
  | 'knocked-inside'
  | 'nobody-got-through'
  | 'helper-inside'
  | 'helper-busy'
  | 'helper-silent'
  | 'helper-not-trusted'
  | 'port-in-use'
  | 'no-helper'

export interface FamilyVerdict {
  readonly family: Family
  /** `reachable` only where somebody outside connected and brought our own number; whatever else there is, is not enough. */
  readonly says: 'reachable' | 'not-reachable' | 'unknown'
  /** The address of the internet, where at least two agree on it or it was connected to. Always a public one. */
  readonly address?: string | undefined
  /** The port that the internet has to name, where it was connected to or the router told it. */
  readonly port?: number | undefined
  /** Several homes behind one address of the provider: no port can be opened there. */
  readonly shared: 'yes' | 'perhaps' | 'no' | 'unknown'
  readonly reasons: readonly Reason[]
}

export interface ReachVerdict {
  readonly says: FamilyVerdict['says']
  readonly best?: FamilyVerdict | undefined
  readonly families: readonly FamilyVerdict[]
}

const scope = (text: string | undefined) => {
  const ip = text === undefined ? undefined : parseIp(text)
  return ip && scopeOf(ip)
}
const isPublic = (text: string | undefined): text is string => scope(text) === 'public'
const SHARED = parseIp('100.64.0.0')?.value ?? 0n
/** Set aside for providers that share one address among many homes. @source RFC 6598 */
const isShared = (text: string): boolean => {
  const ip = parseIp(text)
  return ip?.version === 4 && ip.value >> 22n === SHARED >> 22n
}

/** What everybody who was asked agrees on. Only public addresses count: a server that says otherwise is wrong. */
function witnessed({ stun, own, router }: FamilyFacts): { readonly address?: string; readonly reason?: Reason } {
  if (stun.length === 0) return { reason: 'nobody-asked' }
  const seen = stun.flatMap(({ address }) => (isPublic(address) ? [address] : []))
  const [first] = seen
  if (first === undefined) return { reason: 'servers-silent' }
  if (new Set(seen).size > 1) return { reason: 'servers-differ' }
  const known = seen.length > 1 || own.includes(first) || router?.outside === first
  return known ? { address: first } : { reason: 'one-witness' }
}

function judgeAddress(facts: FamilyFacts, address: string | undefined): Pick<FamilyVerdict, 'shared' | 'reasons'> {
  const { own, router } = facts
  if (own.some(isPublic) && (address === undefined || own.includes(address)))
    return { shared: 'no', reasons: ['own-public'] }
  const outside = router?.outside
  if (outside !== undefined && isShared(outside)) return { shared: 'yes', reasons: ['provider-shares'] }
  if (own.some(isShared)) return { shared: 'yes', reasons: ['provider-shares'] }
  if (outside !== undefined && !isPublic(outside)) return { shared: 'perhaps', reasons: ['router-behind-router'] }
  if (outside !== undefined && address !== undefined && outside !== address)
    return { shared: 'perhaps', reasons: ['router-differs'] }
  if (outside !== undefined && outside === address) return { shared: 'no', reasons: ['behind-router'] }
  return { shared: 'unknown', reasons: address === undefined ? [] : ['behind-router'] }
}

const PROBE_REASON: Readonly<Record<Exclude<ProbeFact['state'], 'knocked'>, Reason>> = {
  closed: 'nobody-got-through',
  inside: 'helper-inside',
  later: 'helper-busy',
  silent: 'helper-silent',
  'not-trusted': 'helper-not-trusted',
  'port-taken': 'port-in-use',
}

const routerReason = ({ router, routerAsked, own }: FamilyFacts): readonly Reason[] => {
  if (router?.port.state === 'open') return ['port-opened']
  if (router?.port.state === 'refused') return ['port-refused']
  return routerAsked && !router && !own.some(isPublic) ? ['router-silent'] : []
}

/** Judges one family of addresses by what was found out. Pure: the same facts, the same words. */
export function judgeFamily(facts: FamilyFacts): FamilyVerdict {
  const { family, own, probes, router } = facts
  if (own.length === 0) return { family, says: 'unknown', shared: 'unknown', reasons: ['no-address'] }
  const through = probes.find((one) => one.state === 'knocked' && isPublic(one.from) && isPublic(one.seen))
  const witness = witnessed(facts)
  const seen = through?.state === 'knocked' ? through.seen : witness.address
  const judged = judgeAddress(facts, seen)
  const probeReasons = probes.map((one) =>
    one.state === 'knocked' ? (one === through ? 'knocked' : 'knocked-inside') : PROBE_REASON[one.state],
  )
  const reasons: Reason[] = [
    ...judged.reasons,
    ...(witness.reason ? [witness.reason] : []),
    ...routerReason(facts),
    ...(probes.length === 0 ? (['no-helper'] as const) : probeReasons),
  ]
  const outer = router?.port.state === 'open' ? router.port.outer : undefined
  const base = { family, shared: through ? ('no' as const) : judged.shared, reasons: [...new Set(reasons)] }
  if (through?.state === 'knocked') return { ...base, says: 'reachable', address: through.seen, port: through.port }
  const known = { ...(seen === undefined ? {} : { address: seen }), ...(outer === undefined ? {} : { port: outer }) }
  const shut = probes.some(({ state }) => state === 'closed') || judged.shared === 'yes'
  return { ...base, ...known, says: shut ? 'not-reachable' : 'unknown' }
}

/**
 * What can be said of this computer as a whole. IPv4 comes first where both would do: every validator has it.
 *
 * `not-reachable` needs a proof for each family that has addresses at all; one that nobody looked at leaves it unknown.
 */
export function judgeReach(facts: readonly FamilyFacts[]): ReachVerdict {
  const families = facts.map(judgeFamily)
  const used = families.filter(({ reasons }) => !reasons.includes('no-address'))
  const order = [...used].sort((a, b) => a.family - b.family)
  const best =
    order.find(({ says }) => says === 'reachable') ?? order.find(({ says }) => says === 'unknown') ?? order[0]
  return { says: best?.says ?? 'unknown', ...(best ? { best } : {}), families }
}

export type PayAdvice = 'go' | 'warn' | 'stop'

/**
 * Whether a place on a subnet should be paid for, as far as being reachable goes. Practice runs on this computer alone, and a
 * local chain takes private addresses.
 *
 * @param verdict absent: nobody looked yet
 */
export function adviceBeforePaying(network: NetworkKind, verdict: ReachVerdict | undefined): PayAdvice {
  if (network === 'practice' || network === 'local' || verdict?.says === 'reachable') return 'go'
  return verdict?.says === 'not-reachable' ? 'stop' : 'warn'
}

/**
 * The verdict of a check, as long as it still speaks of this computer as it is: the same port, and the same addresses. A laptop in
 * another network has not been looked at.
 */
export function stillHolds(
  report: { readonly port: number; readonly facts: readonly FamilyFacts[]; readonly verdict: ReachVerdict } | undefined,
  now: { readonly port: number | undefined; readonly own: readonly { readonly address: string }[] },
): ReachVerdict | undefined {
  const before = report?.facts.flatMap(({ own }) => own) ?? []
  const same = before.length === now.own.length && now.own.every(({ address }) => before.includes(address))
  return report && report.port === now.port && same ? report.verdict : undefined
}
