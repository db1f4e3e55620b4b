import { useCommand } from '../../bridge/use-command.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorNote } from '../../ui/note.tsx'

export function PracticeColumn() {
  const select = useCommand('network.select')
  return (
    <div className="choice-foot">
      <div className="rowline">
        <Button
          kind="main"
          large
          busyWith={select.busy ? 'Starting the chain' : undefined}
          onPress={() => void select.send({ kind: 'practice' })}
        >
          Start practice
        </Button>
        <span className="why">Starts a chain on this computer. A wallet comes next.</span>
      </div>
      {select.error && <ErrorNote error={select.error} />}
    </div>
  )
}
