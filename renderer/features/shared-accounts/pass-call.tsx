import { useState } from 'react'
import { useCommand } from '../../bridge/use-command.ts'
import { shortHash } from '../../format/address.ts'
import { explainError } from '../../format/explain-error.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'

export interface PassCallProps {
  readonly callHash: string
  readonly onPassed: () => void
}

/** The chain holds a hash only. Whoever proposed it has the call; what is pasted counts only if its hash fits. */
export function PassCall({ callHash, onPassed }: PassCallProps) {
  const pass = useCommand('multisig.passCall')
  const [text, setText] = useState('')
  const [other, setOther] = useState<string>()
  const take = async () => {
    setOther(undefined)
    const passed = await pass.send({ callHex: text.trim() })
    if (!passed.ok) return
    if (passed.value.callHash.toLowerCase() === callHash.toLowerCase()) onPassed()
    else setOther(passed.value.callHash)
  }
  const words = pass.error && explainError(pass.error)
  return (
    <div className="grid gap-2">
      <p>The call is not on the chain, only its hash. Do not approve what you cannot read: ask for the call.</p>
      <Field
        label="The call, as hex"
        mono
        value={text}
        onType={setText}
        wrong={
          other === undefined
            ? words && `${words.what} ${words.why} ${words.next}`
            : `This is another call: its hash is ${shortHash(other)}, and ${shortHash(callHash)} waits.`
        }
      />
      <span>
        <Button
          offBecause={text.trim() === '' ? 'Enter the call first.' : undefined}
          busyWith={pass.busy ? 'Reading' : undefined}
          onPress={() => void take()}
        >
          Read the call
        </Button>
      </span>
    </div>
  )
}
