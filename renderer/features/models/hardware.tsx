import { useQuestion } from '../../bridge/use-question.ts'
import { cleanName } from '../../format/hostile-text.ts'
import { writeBytes } from '../../format/time.ts'
import { ModelReserve } from './model-reserve.tsx'

/** What this computer offers a model. */
export function Hardware() {
  const answer = useQuestion('mining.hardware', {}, { freshForMs: 60_000 })
  if (answer.state !== 'ready') return null
  const { cpuName, cpuCores, memoryTotalBytes, memoryFreeBytes, gpus, gpuRefusal, vramTotalBytes } = answer.value
  const refusals = answer.value.refusals ?? []
  const card = gpus[0] ? gpus.map((gpu) => cleanName(gpu.name)).join(', ') : (gpuRefusal ?? 'none that can be used')
  return (
    <>
      <p className="mute small">
        This computer: {cpuName ?? 'processor unknown'}, {cpuCores} cores,{' '}
        {memoryFreeBytes === undefined ? 'unknown' : writeBytes(memoryFreeBytes)} of {writeBytes(memoryTotalBytes)}{' '}
        memory free. Graphics card: {card}
        {vramTotalBytes !== undefined && ` with ${writeBytes(vramTotalBytes)}`}.
        {gpus[0] && refusals.length > 0 && ` Not used: ${refusals.map(({ reason }) => reason).join('; ')}.`}
      </p>
      <ModelReserve hasCard={gpus.length > 0} />
    </>
  )
}
