import { useState } from 'react'
import { isNetuid, isSs58Shape } from '../../../shared/units/amounts.ts'
import { useQuestion } from '../../bridge/use-question.ts'
import { cleanName } from '../../format/hostile-text.ts'
import { Segments } from '../../ui/segments.tsx'
import { Select } from '../../ui/select.tsx'
import { HoldingFrame } from './holding-frame.tsx'
import { OwnHotkey } from './own-hotkey.tsx'
import { useHoldingPlan } from './use-holding-plan.ts'

const EVERYWHERE = 'all'

/** The places of a hotkey go to another one of the same wallet: when its secret may be known to others, for instance. */
export function ReplaceHotkeyDrawer({ onClose }: { readonly onClose: () => void }) {
  const [from, setFrom] = useState('')
  const [to, setTo] = useState('')
  const [where, setWhere] = useState(EVERYWHERE)
  const [stake, setStake] = useState<'moves' | 'stays'>('moves')
  const options = useQuestion('mining.options', {}, { freshForMs: 30_000 })
  const places =
    options.state === 'ready' ? options.value.filter(({ mine }) => mine.some((one) => one.hotkey === from)) : []
  const netuid = where === EVERYWHERE ? undefined : Number(where)
  const chosen = isSs58Shape(from) && isSs58Shape(to)
  const intent = chosen
    ? ({
        kind: 'swap-hotkey',
        hotkey: from,
        newHotkey: to,
        keepStake: netuid !== undefined && stake === 'stays',
        ...(isNetuid(netuid) ? { netuid } : {}),
      } as const)
    : undefined
  const plan = useHoldingPlan({ intent, lacks: chosen ? undefined : 'Choose both hotkeys first.' }, onClose)
  return (
    <HoldingFrame title="Replace a hotkey" plan={plan} onClose={onClose}>
      <OwnHotkey label="The hotkey that has the places" hotkey={from} onPick={setFrom} />
      <OwnHotkey label="The hotkey that gets them" hotkey={to} except={from} onPick={setTo} />
      <Select
        label="Where"
        value={where}
        onPick={setWhere}
        choices={[
          { value: EVERYWHERE, text: 'On all subnets, root too' },
          ...places.map((one) => ({
            value: String(one.netuid),
            text: `Only on ${one.netuid} ${cleanName(one.name) || 'no name'}`,
          })),
        ]}
      />
      {netuid !== undefined && (
        <Segments
          label="Stake behind the old hotkey"
          value={stake}
          onPick={setStake}
          choices={[
            { value: 'moves', text: 'Goes along' },
            { value: 'stays', text: 'Stays behind the old one' },
          ]}
        />
      )}
      <p className="soft small">
        The new hotkey gets the uid, its rank, its immunity, the announced address and the locks for it as they are.{' '}
        {netuid === undefined || stake === 'moves'
          ? 'The stake of everybody behind the old hotkey goes along, also of those who staked to you.'
          : 'The stake stays where it is: it earns with the old hotkey, which has no place there any more.'}{' '}
        A miner that runs with the old hotkey has to be started again with the new one. The chain allows the next change
        only after a while.
      </p>
    </HoldingFrame>
  )
}
