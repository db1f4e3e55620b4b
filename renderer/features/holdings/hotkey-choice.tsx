import type { Netuid } from '../../../shared/units/amounts.ts'
import { valueIn } from '../../bridge/loadable.ts'
import { useQuestion } from '../../bridge/use-question.ts'
import { useSubscription } from '../../bridge/use-subscription.ts'
import { shortAddress } from '../../format/address.ts'
import { cleanName } from '../../format/hostile-text.ts'
import { FullAddress } from '../../ui/address.tsx'
import { ErrorNote } from '../../ui/note.tsx'
import { Select } from '../../ui/select.tsx'

const MINUTES_5 = 300_000

export interface HotkeyChoiceProps {
  readonly label: string
  readonly netuid: Netuid
  /** Empty: none yet. */
  readonly hotkey: string
  /** Not a choice: what it is now. */
  readonly except?: string | undefined
  readonly hint?: string
  readonly onPick: (hotkey: string) => void
}

/** One's own hotkeys and the validators of a subnet; the whole address of the chosen one, because this decides. */
export function HotkeyChoice({ label, netuid, hotkey, except, hint, onPick }: HotkeyChoiceProps) {
  const wallet = valueIn(useSubscription('wallet.state'))?.active
  const answer = useQuestion('subnets.validators', { netuid }, { freshForMs: MINUTES_5 })
  const own = (wallet?.hotkeys ?? []).map(({ name, address }) => ({ value: address, text: `own hotkey ${name}` }))
  const validators = (answer.state === 'ready' ? answer.value : []).map((one) => ({
    value: one.hotkey,
    text: `${cleanName(one.name ?? '') || shortAddress(one.hotkey)}, uid ${one.uid}`,
  }))
  const all = [...own, ...validators.filter(({ value }) => !own.some((mine) => mine.value === value))]
  const choices = all.filter(({ value }) => value !== except)
  return (
    <div className="grid gap-2">
      <Select
        label={label}
        value={hotkey}
        onPick={onPick}
        choices={[{ value: '', text: 'Choose a hotkey', off: hotkey !== '' }, ...choices]}
        {...(hint === undefined ? {} : { hint })}
      />
      {hotkey !== '' && <FullAddress address={hotkey} twoLines />}
      {answer.state === 'failed' && <ErrorNote error={answer.error} />}
    </div>
  )
}
