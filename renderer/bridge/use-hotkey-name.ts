import type { Netuid } from '../../shared/units/amounts.ts'
import { cleanName } from '../format/hostile-text.ts'
import { valueIn } from './loadable.ts'
import { useQuestion } from './use-question.ts'
import { useSubscription } from './use-subscription.ts'

export interface HotkeyName {
  readonly name: string | undefined
  /** It is one of the active wallet's own. */
  readonly own: boolean
  readonly takePpm: number | undefined
}
const MINUTES_5 = 300_000

/** Own hotkeys by their file name, validators by the name that they gave themselves. */
export function useHotkeyName(netuid: Netuid, hotkey: string): HotkeyName {
  const wallet = valueIn(useSubscription('wallet.state'))?.active
  const answer = useQuestion('subnets.validators', { netuid }, { freshForMs: MINUTES_5 })
  const own = wallet?.hotkeys.find((candidate) => candidate.address === hotkey)
  const validator = answer.state === 'ready' ? answer.value.find((candidate) => candidate.hotkey === hotkey) : undefined
  if (own) return { name: own.name, own: true, takePpm: validator?.takePpm }
  const name = cleanName(validator?.name ?? '')
  return { name: name || undefined, own: false, takePpm: validator?.takePpm }
}
