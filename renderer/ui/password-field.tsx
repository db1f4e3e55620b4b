import type { AppError } from '../../shared/errors.ts'
import { errorInField } from '../format/explain-error.ts'
import { Field } from './field.tsx'

export interface PasswordFieldProps {
  readonly label?: string
  readonly hint?: string
  readonly value: string
  readonly onType: (text: string) => void
  readonly error?: AppError | undefined
}

/** The password of something that is there. What is wrong with it stands under it. */
export function PasswordField({ label = 'Password', hint, value, onType, error }: PasswordFieldProps) {
  return (
    <Field
      label={label}
      type="password"
      autoComplete="current-password"
      value={value}
      onType={onType}
      hint={hint}
      {...errorInField(isAboutPassword(error) ? error : undefined)}
    />
  )
}

const isAboutPassword = (error: AppError | undefined): boolean => error?.code === 'keys/wrong-password'
/** Errors that do not stand under the password. */
export const beside = (error: AppError | undefined): AppError | undefined =>
  isAboutPassword(error) ? undefined : error
