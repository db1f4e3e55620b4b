import type { Netuid, RaoPerAlpha } from '../../../../shared/units/amounts.ts'
import { asPrice } from '../answer.ts'
import { FEATURES } from '../runtime/features.ts'
import { fromHex, toHex } from '../scale/bytes.ts'
import type { Session } from '../session.ts'

const [PRICE] = FEATURES.price.apis
/** A price of another endpoint is of about the same time for so long; more often it is not asked. */
const FRESH_MS = 60_000
/** A quote waits no longer for it: then the next one has it. */
const WAIT_MS = 1_500

export type PricesElsewhere = ReadonlyMap<Netuid, RaoPerAlpha>

/** Spot prices as another endpoint of the same chain states them, for whoever does not believe one alone. */
class SecondWord {
  readonly #session: Session
  readonly #known = new Map<Netuid, { readonly price: RaoPerAlpha; readonly atMs: number }>()
  /** When each was asked for last, answered or not. */
  readonly #asked = new Map<Netuid, number>()
  constructor(session: Session) {
    this.#session = session
  }

  async of(netuids: readonly Netuid[]): Promise<PricesElsewhere> {
    const { clock, runtime } = this.#session
    if (!runtime.has(FEATURES.price)) return new Map()
    const old = (atMs: number | undefined) => atMs === undefined || clock.nowMs() - atMs > FRESH_MS
    const missing = netuids.filter((netuid) => old(this.#asked.get(netuid)))
    if (missing.length > 0) {
      const waited = Promise.withResolvers<void>()
      const stop = clock.after(WAIT_MS, waited.resolve)
      await Promise.race([this.#ask(missing), waited.promise])
      stop()
    }
    return new Map(
      netuids.flatMap((netuid) => {
        const known = this.#known.get(netuid)
        return known && !old(known.atMs) ? [[netuid, known.price] as const] : []
      }),
    )
  }

  /** Silence is no contradiction: it is asked again later. */
  async #ask(netuids: readonly Netuid[]): Promise<void> {
    const { clock, runtime } = this.#session
    for (const netuid of netuids) this.#asked.set(netuid, clock.nowMs())
    const found = await this.#session
      .askOther((rpc) =>
        Promise.all(
          netuids.map(async (netuid) => {
            const args = toHex(runtime.encodeApiArgs(PRICE, [netuid]))
            const answer = await rpc.request('state_call', [PRICE.replace('.', '_'), args], 'background')
            const bytes = fromHex(typeof answer === 'string' ? answer : '', PRICE)
            return [netuid, asPrice(runtime.decodeApiAnswer(PRICE, bytes), PRICE)] as const
          }),
        ),
      )
      .catch(() => undefined)
    for (const [netuid, price] of found?.answer ?? []) this.#known.set(netuid, { price, atMs: clock.nowMs() })
  }
}

const bySession = new WeakMap<Session, SecondWord>()

/** Of the traded subnets; empty where there is no other endpoint. */
export function pricesElsewhere(session: Session, netuids: readonly Netuid[]): Promise<PricesElsewhere> {
  const word = bySession.get(session) ?? new SecondWord(session)
  bySession.set(session, word)
  return word.of(netuids)
}
