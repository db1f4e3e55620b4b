import type { AppError } from '../errors.ts'
import type { Netuid, Rao, Ss58 } from '../units/amounts.ts'

/** Where a rule stands. It sends once: what was sent is followed, and never sent again. */
export type PriceRuleState =
  /** @param price of the last look; @param why what kept it from buying although the price was met */
  | { readonly kind: 'waiting'; readonly price?: Rao | undefined; readonly why?: AppError | undefined }
  /** On disk before it leaves, so that an end of the app in between never buys twice. */
  | { readonly kind: 'sending'; readonly preparedId: string; readonly price: Rao }
  | { readonly kind: 'done'; readonly uid?: number | undefined; readonly block?: number | undefined }
  | {
      readonly kind: 'ended'
      /**
       * `unsent`: the app ended before it left, or it came into no block; nothing was paid for the place. `subnet-gone`: the subnet
       * was removed, whether or not another one has its number.
       */
      readonly because: 'expired' | 'taken-back' | 'refused' | 'unsent' | 'subnet-gone'
      readonly error?: AppError | undefined
    }

/** "Register this hotkey there when it costs no more than this, until then." */
export interface PriceRule {
  readonly id: string
  readonly genesis: string
  /** Signs and pays. */
  readonly coldkey: Ss58
  readonly hotkey: Ss58
  readonly netuid: Netuid
  /** Block in which the subnet was created; absent: the chain did not say so far. */
  readonly since?: number | undefined
  /** Most that the place may cost, rao: the limit that the call itself carries. The network fee comes on top. */
  readonly most: Rao
  readonly setAtMs: number
  readonly untilMs: number
  readonly state: PriceRuleState
}

export const RULE_LIMITS = { waiting: 10, kept: 50, hours: 720 } as const

export const isOpen = ({ state }: PriceRule): boolean => state.kind === 'waiting' || state.kind === 'sending'

/** One other registration in the same block makes a place 26 % dearer; more room than for one is never taken. */
const MOST_ROOM_PPM = 300_000

/**
 * How much dearer the place may get between the look and the block, without passing what was allowed.
 * @returns parts per million, cut; `undefined`: it is too dear already
 */
export function roomPpm(price: Rao, most: Rao): number | undefined {
  if (price > most) return undefined
  if (price === 0n) return MOST_ROOM_PPM
  const room = ((most - price) * 1_000_000n) / price
  return room > MOST_ROOM_PPM ? MOST_ROOM_PPM : Number(room)
}

/** Rules whose time is over end, whatever the price is. Those on their way are followed to their end. */
export const expired = (rules: readonly PriceRule[], nowMs: number): readonly PriceRule[] =>
  rules.map((rule) =>
    rule.state.kind === 'waiting' && nowMs >= rule.untilMs
      ? { ...rule, state: { kind: 'ended', because: 'expired' } }
      : rule,
  )

/** Open ones stay; of the others the newest. */
export function keptRules(rules: readonly PriceRule[]): readonly PriceRule[] {
  const over = rules.filter((rule) => !isOpen(rule)).toSorted((a, b) => b.setAtMs - a.setAtMs)
  const dropped = new Set(over.slice(RULE_LIMITS.kept))
  return rules.filter((rule) => !dropped.has(rule))
}
