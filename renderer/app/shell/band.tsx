import { useChain } from '../../bridge/use-chain.ts'
import { useCommand } from '../../bridge/use-command.ts'

/** First of the three marks of the practice network, with the way out. */
export function Band() {
  const { play } = useChain()
  const leave = useCommand('network.leave')
  if (!play) return null
  return (
    <header className="band">
      <b>Practice network</b>
      <span className="hide-m">Play money on this computer. Nothing here has value.</span>
      <span className="end">
        <button type="button" className="linklike inherit" onClick={() => void leave.send({})}>
          Leave practice
        </button>
      </span>
    </header>
  )
}
