import { Field } from '../../ui/field.tsx'

/** As the host demands; said here so that nobody has to send a password to hear it. */
export const SHORTEST_PASSWORD = 8

export interface PasswordDraft {
  readonly name: string
  readonly password: string
  readonly again: string
}
export const NO_DRAFT: PasswordDraft = { name: '', password: '', again: '' }

export function wrongName(name: string): string | undefined {
  if (name.trim() === '') return 'Give it a name.'
  return /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(name.trim()) ? undefined : 'Use letters, digits, - and _ only.'
}
export const wrongPassword = (password: string): string | undefined =>
  [...password.trim()].length < SHORTEST_PASSWORD ? `At least ${SHORTEST_PASSWORD} characters.` : undefined

export const isNewPassword = (draft: PasswordDraft): boolean =>
  !wrongPassword(draft.password) && draft.password === draft.again
export const isComplete = (draft: PasswordDraft): boolean => !wrongName(draft.name) && isNewPassword(draft)
/** What stays in a form that was refused: passwords are typed again. */
export const withoutPassword = (draft: PasswordDraft): PasswordDraft => ({ ...draft, password: '', again: '' })

export interface PasswordFieldsProps {
  readonly draft: PasswordDraft
  readonly onChange: (draft: PasswordDraft) => void
  /** The person pressed the button: now say what is missing. */
  readonly asked: boolean
}
export function PasswordFields({ draft, onChange, asked }: PasswordFieldsProps) {
  return (
    <>
      <Field
        label="Name of the wallet"
        value={draft.name}
        onType={(name) => onChange({ ...draft, name })}
        wrong={asked || draft.name ? wrongName(draft.name) : undefined}
      />
      <NewPassword label="Password" draft={draft} onChange={onChange} asked={asked} />
    </>
  )
}

export function NewPassword({ label, draft, onChange, asked }: PasswordFieldsProps & { readonly label: string }) {
  const differs = draft.again !== '' && draft.password !== draft.again
  return (
    <>
      <Field
        label={label}
        type="password"
        autoComplete="new-password"
        value={draft.password}
        onType={(password) => onChange({ ...draft, password })}
        hint="It encrypts the key file on this computer. Nobody can reset it."
        wrong={asked ? wrongPassword(draft.password) : undefined}
      />
      <Field
        label={`${label} again`}
        type="password"
        autoComplete="new-password"
        value={draft.again}
        onType={(again) => onChange({ ...draft, again })}
        wrong={differs ? 'The two are not the same.' : asked && !draft.again ? 'Type it a second time.' : undefined}
      />
    </>
  )
}
