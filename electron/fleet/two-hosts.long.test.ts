import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createMiner, type HostSession, importWallet, sessionWith } from '../../test/support/host-session.ts'
import { type OwnHost, startHost, taoforge } from '../../test/support/running-host.ts'

// Two computers as people have them: two processes, two data folders, the terminal of each.

let rig: OwnHost
let desk: OwnHost
let onRig: HostSession
let onDesk: HostSession
beforeAll(async () => {
  ;[rig, desk] = await Promise.all([
    startHost({ args: ['--network', 'practice', '--block-ms', '250'] }),
    startHost({ args: ['--network', 'practice', '--block-ms', '250'] }),
  ])
  ;[onRig, onDesk] = await Promise.all([sessionWith(rig), sessionWith(desk)])
  await Promise.all([onRig, onDesk].map((one) => one.until<Status>('network.status', isReady)))
}, 120_000)
afterAll(async () => {
  await Promise.all([onRig?.close(), onDesk?.close()])
  await Promise.all([rig?.stop(), desk?.stop()])
})

interface Status {
  readonly state: string
}
const isReady = ({ state }: Status): boolean => state === 'ready'
interface View {
  readonly machines: readonly {
    readonly id: string
    readonly state: string
    readonly report?: { readonly network?: { readonly genesis: string }; readonly hotkeys: readonly string[] }
    readonly error?: { readonly code: string }
  }[]
  readonly viewers: readonly { readonly id: string; readonly name: string; readonly present: boolean }[]
  readonly totals: {
    readonly heard: number
    readonly networks: readonly { readonly kind: string; readonly machines: number }[]
  }
  readonly door: { readonly state: string; readonly port?: number }
}
const fleet = (at: OwnHost, args: readonly string[], pairing?: string) =>
  taoforge(['fleet', ...args, '--data', at.data], pairing === undefined ? {} : { env: { TAOFORGE_PAIRING: pairing } })
const logsOf = ({ data }: OwnHost): string =>
  readdirSync(join(data, 'logs'))
    .map((name) => readFileSync(join(data, 'logs', name), 'utf8'))
    .join('')

test('from a code to one view, to an order, and to the end of it', async () => {
  await importWallet(onRig)
  const hotkey = await createMiner(onRig)
  const invited = await fleet(rig, ['invite', '--only-here', '--port', '18094', '--allow-control', '--json'])
  const { pairing } = invited.json.value as { pairing: string }
  expect(pairing).toMatch(/^taoforge-fleet:127\.0\.0\.1:18094\/([0-9A-Z]{4}-){6}[0-9A-Z]{4}$/)

  // Never as an argument, and not once more.
  expect((await fleet(desk, ['add', pairing])).json.error?.code).toBe('contract/bad-input')
  expect((await fleet(desk, ['add', '--name', 'rig-1'], pairing)).lines).toEqual([
    'rig-1 is one of your machines now. It may be started and stopped from here.',
  ])
  expect((await fleet(desk, ['add'], pairing)).json.error?.code).toBe('fleet/code-refused')

  const seen = await onDesk.until<View>(
    'fleet.watch',
    ({ machines }) => machines[0]?.report?.network !== undefined && machines[0].report.hotkeys.length > 0,
  )
  expect(seen.machines[0]).toMatchObject({ state: 'connected', report: { hotkeys: [hotkey] } })
  // Two practice networks are two, however alike they are called.
  const kinds = (await onDesk.until<View>('fleet.watch', ({ totals }) => totals.networks.length === 2)).totals.networks
  expect(kinds).toMatchObject([
    { kind: 'practice', machines: 1 },
    { kind: 'practice', machines: 1 },
  ])
  const listed = await fleet(desk, ['list'])
  expect(listed.lines.join('\n')).toMatch(/rig-1: miner off\..*2 of 2 machines answer.*Practice network/s)

  // It never mined, so there is nothing that could be started from afar.
  const told = await fleet(desk, ['start', 'rig-1'])
  expect(told.json.error).toMatchObject({ code: 'fleet/order-refused', refusal: 'mining/nothing-confirmed' })

  // A power cut on the machine: it is missed, its numbers leave the sums, and it comes back by itself.
  const { data } = rig
  await onRig.close()
  await rig.crash()
  const missed = await onDesk.until<View>('fleet.watch', ({ machines }) => machines[0]?.state === 'waiting')
  expect(missed).toMatchObject({ totals: { heard: 1 }, machines: [{ error: { code: 'fleet/unreachable' } }] })
  rig = await startHost({ data, args: ['--network', 'practice', '--block-ms', '250'] })
  onRig = await sessionWith(rig)
  await onRig.until<Status>('network.status', isReady)
  await onDesk.until<View>('fleet.watch', ({ totals }) => totals.heard === 2)

  // Neither log knows a code or a key.
  const keys = [rig, desk].flatMap(
    (host) => readFileSync(join(host.data, 'fleet.json'), 'utf8').match(/"key":"([^"]+)"/) ?? [],
  )
  expect(keys).toHaveLength(4)
  expect(keys[1]).toBe(keys[3])
  for (const host of [rig, desk])
    for (const secret of [pairing.split('/')[1] ?? '', keys[1] ?? '']) expect(logsOf(host)).not.toContain(secret)

  // Removed on the machine: out at once, and not in again.
  const [viewer] = (await onRig.until<View>('fleet.watch', ({ viewers }) => viewers[0]?.present === true)).viewers
  expect((await fleet(rig, ['remove', viewer?.name ?? ''])).exit).toBe(0)
  const out = await onDesk.until<View>('fleet.watch', ({ machines }) => machines[0]?.state === 'refused')
  expect(out.machines[0]).toMatchObject({ error: { code: 'fleet/refused' } })
  expect((await fleet(desk, ['remove', 'rig-1'])).lines).toEqual(['rig-1 is removed.'])
  expect((await fleet(rig, ['close'])).exit).toBe(0)
  expect((await onRig.until<View>('fleet.watch')).door.state).toBe('off')
}, 240_000)
