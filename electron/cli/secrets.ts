import { err, ok, type Result } from '../../shared/result.ts'

/** Input fields that must never stand in an argument: other programs and the shell's history can read those. */
const SECRETS = { password: 'TAOFORGE_PASSWORD', words: 'TAOFORGE_WORDS' } as const
type Secret = keyof typeof SECRETS

const isSecret = (name: string): name is Secret => Object.hasOwn(SECRETS, name)

export interface SecretSources {
  readonly env: Readonly<Record<string, string | undefined>>
  /** Reads all of standard input; called at most once, and only when a secret is missing. */
  readonly stdin: () => Promise<string>
}

/**
 * Fills the secret fields of a channel's input from the environment, else line by line from standard input
 * (in the order `words`, `password`).
 *
 * @param fields names of the channel's input fields.
 * @returns the completed input, or the reason in one sentence.
 */
export async function withSecrets(
  input: Readonly<Record<string, unknown>>,
  fields: readonly string[],
  from: SecretSources,
): Promise<Result<Record<string, unknown>, string>> {
  const wanted = fields.filter(isSecret).sort().reverse()
  const given = wanted.find((name) => Object.hasOwn(input, name))
  if (given) return err(`${given}: never as an argument; set ${SECRETS[given]} or pass it on standard input`)
  const filled: Record<string, unknown> = { ...input }
  const missing = wanted.filter((name) => {
    const value = from.env[SECRETS[name]]
    if (value !== undefined) filled[name] = value
    return value === undefined
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
