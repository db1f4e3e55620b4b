import { err, ok, type Result } from '../../shared/result.ts'

/** Input fields that must never stand in an argument: other programs and the shell's history can read those. */
const SECRETS = {
  words: 'TAOFORGE_WORDS',
  secret: 'TAOFORGE_SECRET',
  sourcePassword: 'TAOFORGE_SOURCE_PASSWORD',
  accountPassword: 'TAOFORGE_ACCOUNT_PASSWORD',
  password: 'TAOFORGE_PASSWORD',
  newPassword: 'TAOFORGE_NEW_PASSWORD',
  apiKey: 'TAOFORGE_API_KEY',
  pairing: 'TAOFORGE_PAIRING',
} as const
type Secret = keyof typeof SECRETS

export interface InputField {
  readonly name: string
  readonly optional: boolean
}

export interface SecretSources {
  readonly env: Readonly<Record<string, string | undefined>>
  /** Reads all of standard input; called at most once, and only when a secret is missing. */
  readonly stdin: () => Promise<string>
}

/**
 * Fills the secret fields of a channel's input from the environment, else line by line from standard input, in the order
 * of {@link SECRETS}. What the channel can do without is taken from the environment only: nobody shall wait for a line
 * that is not needed.
 *
 * @param fields the channel's input fields, and which of them it can do without.
 * @returns the completed input, or the reason in one sentence.
 */
export async function withSecrets(
  input: Readonly<Record<string, unknown>>,
  fields: readonly InputField[],
  from: SecretSources,
): Promise<Result<Record<string, unknown>, string>> {
  const wanted = (Object.keys(SECRETS) as Secret[]).filter((name) => fields.some((field) => field.name === name))
  const given = wanted.find((name) => Object.hasOwn(input, name))
  if (given) return err(`${given}: never as an argument; set ${SECRETS[given]} or pass it on standard input`)
  const filled: Record<string, unknown> = { ...input }
  const missing = wanted.filter((name) => {
    const value = from.env[SECRETS[name]]
    if (value !== undefined) filled[name] = value
    return value === undefined && !fields.some((field) => field.name === name && field.optional)
  })
  if (missing.length === 0) return ok(filled)
  const lines = (await from.stdin()).split(/\r?\n/)
  for (const [at, name] of missing.entries()) {
    const line = lines[at]
    if (line === undefined || line === '') return err(`${name}: set ${SECRETS[name]} or pass it on standard input`)
    filled[name] = line
  }
  return ok(filled)
}
