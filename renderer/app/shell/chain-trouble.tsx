import { useEffect, useRef, useState } from 'react'
import { useChain } from '../../bridge/use-chain.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorNote, Note } from '../../ui/note.tsx'

/** Above every view: why nothing is signed now, and that the rules changed under what was quoted. */
export function ChainTrouble() {
  const { status } = useChain()
  const change = useRuleChange(status?.facts)
  if (!status?.trouble && !change.seen) return null
  return (
    <div className="pad grid gap-3">
      {status?.trouble && <ErrorNote error={status.trouble} />}
      {change.seen && (
        <Note kind="warn" title="The network changed its rules.">
          <p>
            It went from version {change.seen.from} to {change.seen.to}. What was prepared for signing before was thrown
            away: quote again.
          </p>
          <div className="row">
            <Button onPress={change.close}>Understood</Button>
          </div>
        </Note>
      )}
    </div>
  )
}

interface Rules {
  readonly genesis: string
  readonly specVersion: number
}

/** A new version of the same chain while this window is open. */
function useRuleChange(facts: Rules | undefined) {
  const [seen, setSeen] = useState<{ readonly from: number; readonly to: number }>()
  const last = useRef<Rules>(undefined)
  const { genesis, specVersion } = facts ?? {}
  useEffect(() => {
    if (genesis === undefined || specVersion === undefined) return
    const before = last.current
    last.current = { genesis, specVersion }
    if (before?.genesis !== genesis) return setSeen(undefined)
    if (before.specVersion !== specVersion) setSeen({ from: before.specVersion, to: specVersion })
  }, [genesis, specVersion])
  return { seen, close: () => setSeen(undefined) }
}
