import type { ColdkeySwap, ColdkeySwaps } from '../../../../shared/accounts/coldkey-swap.ts'
import type { Ss58 } from '../../../../shared/units/amounts.ts'
import { asList, asNumber } from '../answer.ts'
import { badAnswer } from '../failure.ts'
import { FEATURES } from '../runtime/features.ts'
import type { Stored } from '../runtime/storage-item.ts'
import { toHex } from '../scale/bytes.ts'
import type { View } from '../view.ts'

const NAME = 'SubtensorModule.ColdkeySwapAnnouncements'
const DISPUTES = 'SubtensorModule.ColdkeySwapDisputes'
const ABSENT: Stored = { present: false, value: undefined }

/** Announcements and disputes of all coldkeys at once: one request. */
export async function readColdkeySwaps(view: View, coldkeys: readonly Ss58[]): Promise<ColdkeySwaps> {
  view.runtime.need(FEATURES.coldkeySwap)
  const [delay = ABSENT, wait = ABSENT, ...rest] = await view.storage([
    ['SubtensorModule.ColdkeySwapAnnouncementDelay'],
    ['SubtensorModule.ColdkeySwapReannouncementDelay'],
    ...coldkeys.map((coldkey) => [NAME, coldkey] as const),
    ...coldkeys.map((coldkey) => [DISPUTES, coldkey] as const),
  ])
  const waitBlocks = asNumber(wait.value, 'ColdkeySwapReannouncementDelay')
  const swaps = coldkeys.flatMap((coldkey, at) =>
    swapIn(coldkey, { announced: rest[at], disputed: rest[coldkeys.length + at], waitBlocks }),
  )
  return { atBlock: view.block, delayBlocks: asNumber(delay.value, 'ColdkeySwapAnnouncementDelay'), waitBlocks, swaps }
}

function swapIn(
  coldkey: Ss58,
  {
    announced,
    disputed,
    waitBlocks,
  }: {
    readonly announced: Stored | undefined
    readonly disputed: Stored | undefined
    readonly waitBlocks: number
  },
): readonly ColdkeySwap[] {
  if (!announced?.present) return []
  const [when, hash] = asList(announced.value, NAME)
  const executableAt = asNumber(when, NAME)
  return [
    {
      coldkey,
      executableAt,
      clearableAt: executableAt + waitBlocks,
      newColdkeyHash: hash instanceof Uint8Array && hash.length === 32 ? toHex(hash) : badAnswer(NAME),
      ...(disputed?.present ? { disputedAt: asNumber(disputed.value, DISPUTES) } : {}),
    },
  ]
}
