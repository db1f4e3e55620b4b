import type { HoldingIntent } from '../../../../shared/signing/intent.ts'
import type { HoldingPlace } from '../../../../shared/staking/holding-refusal.ts'
import { type Alpha, alpha, type Netuid, type Ss58 } from '../../../../shared/units/amounts.ts'
import { Answer, asAlpha, asFlag } from '../answer.ts'
import type { View } from '../view.ts'

const STAKE = 'StakeInfoRuntimeApi.get_stake_info_for_hotkey_coldkey_netuid'

/** Hotkey and subnet that an intent names, if it names both. */
function named(intent: HoldingIntent): { readonly netuid: Netuid; readonly hotkey: Ss58 } | undefined {
  if (intent.kind === 'move-lock') return { netuid: intent.netuid, hotkey: intent.toHotkey }
  return 'hotkey' in intent && 'netuid' in intent ? intent : undefined
}

/** Two requests; none for an intent that names no place. */
export async function readHoldingPlace(
  view: View,
  coldkey: Ss58,
  intent: HoldingIntent,
): Promise<HoldingPlace | undefined> {
  const at = named(intent)
  if (!at) return undefined
  const { netuid, hotkey } = at
  const [[subnet, owner, uid, out], position] = await Promise.all([
    view.storage([
      ['SubtensorModule.NetworksAdded', netuid],
      ['SubtensorModule.Owner', hotkey],
      ['SubtensorModule.Uids', netuid, hotkey],
      ['SubtensorModule.SubnetAlphaOut', netuid],
    ]),
    readPosition(view, coldkey, at),
  ])
  return {
    subnetKnown: subnet?.present === true && asFlag(subnet.value, 'NetworksAdded'),
    hotkeyKnown: owner?.present === true,
    registered: uid?.present === true,
    position,
    ...(out ? { alphaOut: asAlpha(out.value, 'SubnetAlphaOut') } : {}),
  }
}

async function readPosition(
  view: View,
  coldkey: Ss58,
  { netuid, hotkey }: { readonly netuid: Netuid; readonly hotkey: Ss58 },
): Promise<Alpha> {
  const found = await view.api(STAKE, hotkey, coldkey, netuid)
  return found === undefined ? alpha(0n) : new Answer(found, STAKE).alpha('stake')
}
