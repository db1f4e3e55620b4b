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
        'accept-licence': { type: 'string' },
        help: { type: 'boolean', short: 'h', default: false },
        follow: { type: 'boolean', default: false },
      },
    })
    if (positionals.length > 2) return err('One channel and one JSON text at most; put quotes around the JSON.')
    const [channel, given] = positionals
    const licence = values['accept-licence']
    if (licence !== undefined && channel !== 'models.download')
      return err('--accept-licence goes with models.download only.')
    const input = licence === undefined ? given : withLicence(given, licence)
    return ok({ channel, input, data: values.data, network: values.network, help: values.help, follow: values.follow })
  } catch (cause) {
    return err(cause instanceof Error ? cause.message : String(cause))
  }
}

/** The licence that was agreed to is a part of the input. What is no JSON is left to be refused as that. */
function withLicence(input: string | undefined, acceptLicence: string): string | undefined {
  try {
    return JSON.stringify({ ...(JSON.parse(input ?? '{}') as object), acceptLicence })
  } catch {
    return input
  }
}
