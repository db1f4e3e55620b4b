import { parseArgs } from 'node:util'
import { err, ok, type Result } from '../../shared/result.ts'

export interface CliArguments {
  readonly channel?: string | undefined
  /** JSON text as given. */
  readonly input?: string | undefined
  readonly data?: string | undefined
  readonly network?: string | undefined
  readonly help: boolean
  /** Subscriptions: print every value, until interrupted. Default: the first with data. */
  readonly follow: boolean
}

export function cliArguments(argv: readonly string[]): Result<CliArguments, string> {
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        data: { type: 'string' },
        network: { type: 'string' },
        help: { type: 'boolean', short: 'h', default: false },
        follow: { type: 'boolean', default: false },
      },
    })
    if (positionals.length > 2) return err('One channel and one JSON text at most; put quotes around the JSON.')
    const [channel, input] = positionals
    return ok({ channel, input, data: values.data, network: values.network, help: values.help, follow: values.follow })
  } catch (cause) {
    return err(cause instanceof Error ? cause.message : String(cause))
  }
}
