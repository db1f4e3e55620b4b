import { parseTao } from '../../../shared/units/decimal.ts'
import { useAppActions } from '../../bridge/app-actions.ts'
import { useChain } from '../../bridge/use-chain.ts'
import { useCommand } from '../../bridge/use-command.ts'
import { explainError } from '../../format/explain-error.ts'
import { Button } from '../../ui/button.tsx'

/** Enough for every subnet of the practice network. TAO. */
const PORTION = parseTao('1000')

export function PlayMoneyButton() {
  const ask = useCommand('practice.playMoney')
  const { tell } = useAppActions()
  const { block } = useChain()
  const get = async () => {
    if (!PORTION.ok) return
    const result = await ask.send({ amount: PORTION.value })
    if (result.ok) return tell({ kind: 'done', title: '1000 play TAO are here.' })
    const { what, why, next } = explainError(result.error)
    tell({ kind: 'failed', title: what, text: `${why} ${next} (${result.error.code})` })
  }
  return (
    <Button
      onPress={() => void get()}
      busyWith={ask.busy ? 'Waiting for a block' : undefined}
      offBecause={block === undefined ? 'The network does not answer yet.' : undefined}
    >
      Get 1000 play TAO
    </Button>
  )
}
