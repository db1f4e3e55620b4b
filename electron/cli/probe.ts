import { randomBytes } from 'node:crypto'
import { parseArgs } from 'node:util'
import type { AppError } from '../../shared/errors.ts'
import { formatIp, parseIp, scopeOf } from '../../shared/mining/ip-address.ts'
import { PROBE_KEY_BYTES } from '../../shared/reach/probe-frames.ts'
import { writeInvitation } from '../../shared/reach/probe-invitation.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { nodeReach } from '../reach/node-reach.ts'
import type { RunningHelper } from '../reach/reach.port.ts'

export const PROBE_HELP = `taoforge probe --address IP [--port N] [--lan]

Knocks for others, until interrupted: they learn whether the internet reaches them. Needs no wallet, no chain and no data folder.
--address  where others find this computer on the internet
--port     default 8092; it has to be open here
--lan      knocks at private addresses, too; that proves nothing about the internet
`

interface ProbeArguments {
  readonly address: string
  readonly family: 4 | 6
  readonly port: number
  readonly lan: boolean
}

/** @errors in words, for a person at a terminal */
export function probeArguments(argv: readonly string[]): Result<ProbeArguments, string> {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        address: { type: 'string' },
        port: { type: 'string', default: '8092' },
        lan: { type: 'boolean', default: false },
      },
    })
    const ip = parseIp(values.address ?? '')
    const port = /^\d{1,5}$/.test(values.port) ? Number(values.port) : 65_536
    if (!ip) return err('Say with --address where others find this computer, for example --address 203.0.113.9.')
    if (!values.lan && scopeOf(ip) !== 'public')
      return err(
        'Nobody outside finds a private address. Give the one of the internet, or --lan for this network only.',
      )
    if (port > 65_535) return err('The port is not a number from 0 to 65535.')
    return ok({ address: formatIp(ip), family: ip.version, port, lan: values.lan })
  } catch (cause) {
    return err(cause instanceof Error ? cause.message : String(cause))
  }
}

const print = (line: unknown) => process.stdout.write(`${JSON.stringify(line)}\n`)

/** Prints the invitation, then a line for each knock. @errors those of `startHelper` */
export async function runProbe({
  address,
  family,
  port,
  lan,
}: ProbeArguments): Promise<Result<RunningHelper, AppError>> {
  const key = randomBytes(PROBE_KEY_BYTES).toString('base64url')
  let answered = 0
  const onAnswered = () => {
    answered += 1
    print({ ok: true, value: { answered } })
  }
  const started = await nodeReach.startHelper({ port, key, alsoInside: lan, onAnswered })
  if (!started.ok) return started
  const invitation = writeInvitation({ family, address, port: started.value.port, key })
  print({ ok: true, value: { invitation, port: started.value.port } })
  return started
}
