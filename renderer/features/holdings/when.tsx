import { useChain } from '../../bridge/use-chain.ts'
import { useNow } from '../../bridge/use-now.ts'
import { writeDate, writeMoment } from '../../format/time.ts'
import { Num } from '../../ui/amount.tsx'

const DAY_MS = 86_400_000

/** A block to come, and about when: as if every block took as long as the chain is built for. */
export function When({ block, atBlock }: { readonly block: number; readonly atBlock: number }) {
  const { blockMs } = useChain()
  const now = useNow(30_000)
  const inMs = Math.max(0, block - atBlock) * blockMs
  return (
    <span className="free-when">
      about <span className="nu">{inMs < DAY_MS ? writeMoment(now + inMs, now) : writeDate(now + inMs)}</span>, block{' '}
      <Num value={block} />
    </span>
  )
}
