import { createInterface } from 'node:readline/promises'
import { text as readAll } from 'node:stream/consumers'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { contract } from '../../shared/contract/contract.ts'
import type { FleetView } from '../../shared/contract/fleet.contract.ts'
import type { AppError } from '../../shared/errors.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { fleetText } from './fleet-text.ts'
import type { TypedClient } from './typed-client.ts'

export const FLEET_HELP = `taoforge fleet list [--json]
taoforge fleet invite [--address A] [--port N] [--only-here] [--allow-control] [--json]
taoforge fleet add [--name NAME] [--address A] [--port N] [--json]
taoforge fleet start|stop|remove NAME [--json]
taoforge fleet close [--json]

Machines of one owner in one view. Each needs a running host (--data DIR names its folder).
invite   on the machine that is to be looked at: opens its door, and shows a code that works once, within ten minutes
         --allow-control  the one that looks may start and stop the miner, too
         --only-here      listens for programs of this computer only, for a tunnel
add      on the computer that looks: takes that code from TAOFORGE_PAIRING, standard input or the keyboard, never from an argument
         --address, --port  where the machine is found from here, if that is another place than the code says
remove   on either of the two: the pair is apart at once (a name, or the first digits of an id)
close    listens no more
`

const ACTIONS = ['list', 'invite', 'add', 'start', 'stop', 'remove', 'close'] as const
export interface FleetArguments {
  readonly action: (typeof ACTIONS)[number]
  readonly which?: string | undefined
  readonly data?: string | undefined
  readonly json: boolean
  readonly name?: string | undefined
  readonly address?: string | undefined
  readonly port?: number | undefined
  readonly onlyHere: boolean
  readonly mayControl: boolean
}

/** @errors in words, for a person at a terminal */
export function fleetArguments(argv: readonly string[]): Result<FleetArguments, string> {
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        data: { type: 'string' },
        json: { type: 'boolean', default: false },
        name: { type: 'string' },
        address: { type: 'string' },
        port: { type: 'string' },
        'only-here': { type: 'boolean', default: false },
        'allow-control': { type: 'boolean', default: false },
      },
    })
    const [first, which, ...more] = positionals
    const action = ACTIONS.find((one) => one === first)
    if (!action || more.length > 0) return err('Write: taoforge fleet list, invite, add, start, stop, remove or close')
    const needsName = action === 'start' || action === 'stop' || action === 'remove'
    if (action === 'add' && which !== undefined)
      return err(
        'The code never goes into an argument: other programs can read those. Set TAOFORGE_PAIRING, or pipe it in.',
      )
    if (needsName !== (which !== undefined)) return err(`Say which one: taoforge fleet ${action} NAME`)
    const { port } = values
    if (port !== undefined && !/^[1-9]\d{0,4}$/.test(port)) return err('--port takes a number from 1 to 65535.')
    return ok({
      ...{ action, which, data: values.data, json: values.json, name: values.name, address: values.address },
      port: port === undefined ? undefined : Number(port),
      onlyHere: values['only-here'],
      mayControl: values['allow-control'],
    })
  } catch (cause) {
    return err(cause instanceof Error ? cause.message : String(cause))
  }
}

/** What is printed: a value for programs, and lines for a person. */
export interface FleetSaid {
  readonly value: unknown
  readonly lines: readonly string[]
}
type Said = Result<FleetSaid, AppError>

const PATIENCE_MS = 20_000
/** Machines are asked when somebody looks: what is said at once would be that nobody knows. Unit: ms. */
const SETTLE_MS = 4_000

async function pairingCode(): Promise<string> {
  const given = process.env['TAOFORGE_PAIRING']
  if (given !== undefined) return given
  if (!process.stdin.isTTY) return (await readAll(process.stdin)).split(/\r?\n/)[0] ?? ''
  const asked = createInterface({ input: process.stdin, output: process.stderr })
  const answer = await asked.question('The code that the other machine shows: ')
  asked.close()
  return answer
}

const isSettled = ({ machines }: FleetView): boolean => machines.every(({ state }) => state !== 'connecting')

/** As it stands once every machine has answered or was not reached, and after some seconds anyway. */
async function looked(client: TypedClient): Promise<Result<FleetView, AppError>> {
  const settled = await client.firstWhere('fleet.watch', isSettled, SETTLE_MS)
  return settled.ok ? settled : client.firstWhere('fleet.watch', () => true, PATIENCE_MS)
}

async function list(client: TypedClient): Promise<Said> {
  const view = await looked(client)
  if (!view.ok) return view
  return ok({ value: z.encode(contract['fleet.watch'].output, view.value), lines: fleetText(view.value) })
}

async function invite(client: TypedClient, { address, port, onlyHere, mayControl }: FleetArguments): Promise<Said> {
  const invited = await client.call('fleet.invite', {
    ...{ address, port, mayControl },
    ...(onlyHere ? { onlyHere } : {}),
  })
  if (!invited.ok) return invited
  const { pairing } = invited.value
  return ok({
    value: invited.value,
    lines: [
      pairing,
      'Give this to the other computer: taoforge fleet add, or Machines in its window.',
      `It works once, for ten minutes. Whoever has it first may look at this machine${mayControl ? ', and start and stop its miner' : ''}.`,
    ],
  })
}

async function add(client: TypedClient, { name, address, port }: FleetArguments): Promise<Said> {
  const added = await client.call('fleet.add', { pairing: await pairingCode(), name, address, port })
  if (!added.ok) return added
  const may = added.value.mayControl ? 'It may be started and stopped from here.' : 'It is looked at only.'
  return ok({
    value: z.encode(contract['fleet.add'].output, added.value),
    lines: [`${added.value.name} is one of your machines now. ${may}`],
  })
}

/** By name, or by the first digits of an id where names are the same. */
const named = <T extends { readonly id: string; readonly name: string }>(all: readonly T[], which: string) =>
  all.filter(({ id, name }) => name === which || (which.length >= 4 && id.startsWith(which)))

async function remove(client: TypedClient, which: string): Promise<Said> {
  const view = await client.firstWhere('fleet.watch', () => true, PATIENCE_MS)
  if (!view.ok) return view
  const machines = named(view.value.machines, which)
  const viewers = named(view.value.viewers, which)
  const [one, other] = [...machines, ...viewers]
  if (!one) return err({ code: 'fleet/unknown' })
  if (other)
    return err({
      code: 'contract/bad-input',
      issues: [`Several are called ${which}: write the first digits of an id.`],
    })
  const done = await client.call(machines.length > 0 ? 'fleet.remove' : 'fleet.forgetViewer', { id: one.id })
  return done.ok ? ok({ value: null, lines: [`${one.name} is removed.`] }) : done
}

async function order(client: TypedClient, which: string, what: 'start' | 'stop'): Promise<Said> {
  const view = await client.firstWhere('fleet.watch', isSettled, PATIENCE_MS)
  if (!view.ok) return view
  const [one, other] = named(view.value.machines, which)
  if (!one) return err({ code: 'fleet/unknown' })
  if (other)
    return err({
      code: 'contract/bad-input',
      issues: [`Several are called ${which}: write the first digits of an id.`],
    })
  const done = await client.call('fleet.order', { id: one.id, order: what })
  return done.ok ? ok({ value: null, lines: [`${one.name} was told to ${what} its miner.`] }) : done
}

/** @errors those of the channels */
export function runFleet(client: TypedClient, args: FleetArguments): Promise<Said> {
  const which = args.which ?? ''
  switch (args.action) {
    case 'list':
      return list(client)
    case 'invite':
      return invite(client, args)
    case 'add':
      return add(client, args)
    case 'remove':
      return remove(client, which)
    case 'start':
    case 'stop':
      return order(client, which, args.action)
    case 'close':
      return close(client)
  }
}

async function close(client: TypedClient): Promise<Said> {
  const done = await client.call('fleet.closeDoor', {})
  return done.ok ? ok({ value: null, lines: ['Nobody can look at this machine now.'] }) : done
}
