import { useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'

export interface PortFieldProps {
  readonly port: number
  readonly onSave: (port: number) => void
}
export function PortField({ port, onSave }: PortFieldProps) {
  const [text, setText] = useState(String(port))
  const value = /^\d{1,5}$/.test(text.trim()) && Number(text) <= 65_535 ? Number(text) : undefined
  return (
    <form
      className="row top"
      onSubmit={(event) => {
        event.preventDefault()
        if (value !== undefined) onSave(value)
      }}
    >
      <Field
        label="Port"
        hideLabel
        inputMode="numeric"
        value={text}
        onType={setText}
        wrong={value === undefined ? 'A whole number from 0 to 65535.' : undefined}
      />
      <Button type="submit" offBecause={value === port ? 'It is this one already.' : undefined}>
        Save
      </Button>
    </form>
  )
}
