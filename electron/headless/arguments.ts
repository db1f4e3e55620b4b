import { parseArgs } from 'node:util'
import type { NetworkChoice } from '../../shared/network/network.ts'
import { err, ok, type Result } from '../../shared/result.ts'

/** `practice`, `finney`, `test`, `local`, or a ws:// or wss:// address. */
export function networkNamed(text: string): NetworkChoice | undefined {
  if (text === 'practice' || text === 'finney' || text === 'test' || text === 'local') return { kind: text }
  return /^wss?:\/\//.test(text) ? { kind: 'custom', endpoint: text } : undefined
}

export interface HeadlessArguments {
  readonly port: number
  readonly data?: string | undefined
  readonly network?: NetworkChoice | undefined
  readonly open: boolean
  readonly help: boolean
  readonly blockMs: number
  readonly seed?: number | undefined
  readonly rootHoldBlocks?: number | undefined
}

/** Default pace of the practice network in the app: quick enough to learn from, slow enough to read. */
export const APP_BLOCK_MS = 2_000

export const HEADLESS_HELP = `taoforge headless: the host without a window of its own, and the same app in a browser.

Prints one line of JSON when the door is open: {"url","token"}. Who has the token is let in. Ends with Ctrl-C.
--port N        of the page, on this computer only; 0 takes any free one (default 0)
--data DIR      data folder; one host at a time for each (default: that of the app)
--network NAME  practice, finney, test, local, or a ws:// or wss:// address; default: what was chosen last
--no-open       opens no browser
--block-ms N    milliseconds between blocks of the practice network (default ${APP_BLOCK_MS})
--seed N        another practice network than the usual one
--root-hold N   blocks for which stake on root is held there
`

const whole = (text: string | undefined, least: number, most: number): number | undefined =>
  text !== undefined && /^\d{1,9}$/.test(text) && Number(text) >= least && Number(text) <= most
    ? Number(text)
    : undefined

export function headlessArguments(argv: readonly string[]): Result<HeadlessArguments, string> {
  let values: Record<string, string | boolean | undefined>
  try {
    values = parseArgs({
      args: [...argv],
      options: {
        port: { type: 'string', default: '0' },
        data: { type: 'string' },
        network: { type: 'string' },
        'no-open': { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
        'block-ms': { type: 'string', default: String(APP_BLOCK_MS) },
        seed: { type: 'string' },
        'root-hold': { type: 'string' },
      },
    }).values
  } catch (cause) {
    return err(cause instanceof Error ? cause.message : String(cause))
  }
  const text = (name: string) => (typeof values[name] === 'string' ? values[name] : undefined)
  const port = whole(text('port'), 0, 65_535)
  const blockMs = whole(text('block-ms'), 50, 60_000)
  const seed = whole(text('seed'), 0, 999_999_999)
  const rootHoldBlocks = whole(text('root-hold'), 0, 1_000_000)
  const named = text('network')
  const network = named === undefined ? undefined : networkNamed(named)
  if (port === undefined) return err('--port takes a number from 0 to 65535.')
  if (blockMs === undefined) return err('--block-ms takes a number from 50 to 60000.')
  if (text('seed') !== undefined && seed === undefined) return err('--seed takes a whole number.')
  if (text('root-hold') !== undefined && rootHoldBlocks === undefined)
    return err('--root-hold takes a number of blocks from 0 to 1000000.')
  if (named !== undefined && !network)
    return err(`Unknown network "${named}": practice, finney, test, local, or a ws:// or wss:// address.`)
  const open = values['no-open'] !== true
  return ok({ port, data: text('data'), network, open, help: values['help'] === true, blockMs, seed, rootHoldBlocks })
}
