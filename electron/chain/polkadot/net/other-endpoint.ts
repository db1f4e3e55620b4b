import type { ClockPort } from '../../../system/system.port.ts'
import type { Endpoint, Endpoints } from './endpoints.ts'
import { JsonRpc } from './json-rpc.ts'
import { Traffic } from './traffic.ts'

/** The other endpoint is the way out when this one fails: some of its allowance must be left for that. */
const LEAVE_TOKENS = 6

/** What the endpoint in use says. */
export interface Said {
  readonly endpoint: string
  readonly genesis: string
  /** A final block. */
  readonly block: number
  readonly hash: string
}

export interface OtherDeps {
  readonly clock: ClockPort
  readonly endpoints: Endpoints
  /** `undefined` while the endpoint in use says nothing. */
  now(): Said | undefined
  /** All endpoints of the chain. */
  addresses(): readonly string[]
}
/** `best`: the one that would be gone to next. `in-turn`: the one that was asked longest ago. */
export type WhichOther = 'best' | 'in-turn'
export interface OtherAnswer<T> {
  readonly said: Said
  readonly other: string
  readonly answer: T
}

/**
 * Asks a second endpoint of the same chain, over a line of its own that is closed afterwards.
 * @returns `undefined` where there is no other one, where it has no requests to spare, or where it is of another chain
 * @errors chain/unreachable: it is then avoided for a while
 */
export async function askOther<T>(
  { clock, endpoints, now, addresses }: OtherDeps,
  run: (rpc: JsonRpc, said: Said) => Promise<T>,
  which: WhichOther = 'best',
): Promise<OtherAnswer<T> | undefined> {
  const said = now()
  if (!said) return undefined
  const others = endpoints.ranked(addresses().filter((address) => address !== said.endpoint))
  const inTurn = (one: Endpoint) => (which === 'in-turn' ? one.askedAtMs : 0)
  const other = [...others]
    .sort((a, b) => inTurn(a) - inTurn(b))
    .find(({ budget }) => (budget.left() ?? LEAVE_TOKENS) >= LEAVE_TOKENS)
  if (!other) return undefined
  other.askedAtMs = clock.nowMs()
  const rpc = await JsonRpc.open(other, { clock, traffic: new Traffic(clock) }).catch((cause: unknown) => {
    endpoints.avoid(other)
    throw cause
  })
  try {
    const [first, answer] = await Promise.all([rpc.request('chain_getBlockHash', [0], 'background'), run(rpc, said)])
    const same = typeof first === 'string' && first.toLowerCase() === said.genesis.toLowerCase()
    return same ? { said, other: other.address, answer } : undefined
  } finally {
    rpc.close()
  }
}
