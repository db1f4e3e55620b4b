import type { Alpha, Netuid, Rao, Ss58 } from '../units/amounts.ts'

interface Stake {
  readonly netuid: Netuid
  readonly hotkey: Ss58
  readonly alpha: Alpha
}
/** Balance and stakes of one block. */
export interface HeldAt {
  readonly block: number
  readonly free: Rao
  readonly positions: readonly Stake[]
}

/** What the newest block says and the last final one does not say yet: a block in between may still be replaced. */
export interface NotFinal {
  /** The last final block. */
  readonly finalBlock: number
  /** Absent: the same in both. */
  readonly free?: { readonly newest: Rao; readonly final: Rao } | undefined
  /** Only stakes that differ. An absent side: there is none in that block. */
  readonly positions: readonly {
    readonly netuid: Netuid
    readonly hotkey: Ss58
    readonly newest?: Alpha | undefined
    readonly final?: Alpha | undefined
  }[]
}

const keyOf = ({ netuid, hotkey }: Stake): string => `${netuid}/${hotkey}`

/** Compares the newest block with the last final one; `undefined` where they say the same. Pure. */
export function notFinal(newest: HeldAt, final: HeldAt): NotFinal | undefined {
  const settled = new Map(final.positions.map((stake) => [keyOf(stake), stake]))
  const known = new Set(newest.positions.map(keyOf))
  const changed = newest.positions.flatMap((stake) => {
    const before = settled.get(keyOf(stake))
    if (before?.alpha === stake.alpha) return []
    return [{ netuid: stake.netuid, hotkey: stake.hotkey, newest: stake.alpha, final: before?.alpha }]
  })
  const gone = final.positions
    .filter((stake) => !known.has(keyOf(stake)))
    .map(({ netuid, hotkey, alpha }) => ({ netuid, hotkey, final: alpha }))
  const positions = [...changed, ...gone]
  const free = newest.free === final.free ? undefined : { newest: newest.free, final: final.free }
  if (!free && positions.length === 0) return undefined
  return { finalBlock: final.block, ...(free ? { free } : {}), positions }
}
