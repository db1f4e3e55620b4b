import { useState } from 'react'
import type { SubnetView } from '../../../shared/contract/chain-views.contract.ts'
import type { AskedMove } from '../../../shared/staking/asked-move.ts'
import { swapToValidator } from '../../../shared/staking/swap-to-validator.ts'
import type { Alpha, Ss58 } from '../../../shared/units/amounts.ts'
import { useForAccountOneByOne } from '../../bridge/use-acting.ts'
import { useDirectory } from '../../bridge/use-directory.ts'
import { useQuestion } from '../../bridge/use-question.ts'
import { useQuote } from '../../bridge/use-quote.ts'
import { cleanName } from '../../format/hostile-text.ts'
import { MovesQuoteView } from '../../trade/moves-quote.tsx'
import { needsLimit, useLimitDraft } from '../../trade/use-limit-draft.ts'
import { useMovesReview } from '../../trade/use-moves-review.ts'
import { alphaOf } from '../../ui/amount.tsx'
import { LimitChoice } from '../../ui/limit-choice.tsx'
import { PartialChoice } from '../../ui/partial-choice.tsx'
import { Select } from '../../ui/select.tsx'
import { ValidatorChoice } from '../../ui/validator-choice.tsx'
import { MoveAmount } from './move-amount.tsx'
import { type FormProps, MoveFrame } from './move-frame.tsx'
import { useMoveDraft } from './use-move-draft.ts'

const MINUTES_1 = 60_000
const textOf = ({ netuid, name }: SubnetView): string => `${netuid} ${cleanName(name) || 'no name'}`

/** Where to: another subnet that has started, and with whom there. */
function useDestination({ position }: FormProps) {
  const [netuid, setNetuid] = useState<number>()
  const [picked, setPicked] = useState<string>()
  const subnets = [...useDirectory().values()].filter(
    (subnet) => subnet.netuid !== position.netuid && (subnet.started || subnet.netuid === 0),
  )
  const subnet = subnets.find((entry) => entry.netuid === netuid) ?? subnets[0]
  const validators = useQuestion('subnets.validators', subnet && { netuid: subnet.netuid }, { freshForMs: MINUTES_1 })
  const list = validators.state === 'ready' ? validators.value : []
  const validator =
    list.find((row) => row.hotkey === picked) ?? list.find((row) => row.hotkey === position.hotkey) ?? list[0]
  return { subnets, subnet, setNetuid, list, validator, setPicked }
}

/** With the same validator it is one call; with another one the stake goes to that one first, which trades nothing. */
function movesOf(
  { position }: FormProps,
  to: { readonly subnet: SubnetView; readonly hotkey: Ss58 },
  { amount, partial, limit }: { readonly amount: Alpha; readonly partial: boolean; readonly limit: bigint | undefined },
): readonly AskedMove[] {
  const between = { fromNetuid: position.netuid, toNetuid: to.subnet.netuid }
  const { first, swap } = swapToValidator({ fromHotkey: position.hotkey, toHotkey: to.hotkey, ...between, amount })
  const terms = { ...(partial ? { allowPartial: true } : {}), ...(limit === undefined ? {} : { limitRatio: limit }) }
  return [...first, { ...swap, ...terms }]
}

/** To another subnet: sold and bought in one step, with one limit on the ratio of the prices. */
export function SwapForm(form: FormProps) {
  const { position } = form
  const draft = useMoveDraft(position)
  const { subnets, subnet, setNetuid, list, validator, setPicked } = useDestination(form)
  const limits = useLimitDraft()
  const { amount, partial } = draft
  const { limit, tolerancePpm } = limits
  const forAccount = useForAccountOneByOne()
  const quote = useQuote(
    'staking.planMoves',
    subnet && validator && amount !== undefined && !limits.lacks
      ? {
          moves: movesOf(form, { subnet, hotkey: validator.hotkey }, { amount, partial, limit }),
          tolerancePpm,
          ...forAccount,
        }
      : undefined,
  )
  const review = useMovesReview(quote, { wrong: draft.wrong, lacks: limits.lacks }, form.onClose)
  return (
    <MoveFrame {...form} title="Swap from" review={review}>
      <Select
        label="To the subnet"
        value={String(subnet?.netuid ?? '')}
        choices={subnets.map((entry) => ({ value: String(entry.netuid), text: textOf(entry) }))}
        onPick={(value) => setNetuid(Number(value))}
      />
      {subnet && validator && (
        <ValidatorChoice
          validators={list}
          hotkey={validator.hotkey}
          unit={alphaOf(subnet.netuid, subnet.symbol)}
          onPick={setPicked}
        />
      )}
      <MoveAmount label="Alpha to swap" position={position} draft={draft} />
      <MovesQuoteView quote={quote} review={review} />
      <LimitChoice kind="ratio" draft={limits} needed={needsLimit(quote)} />
      <PartialChoice partial={partial} onPick={draft.setPartial} />
    </MoveFrame>
  )
}
