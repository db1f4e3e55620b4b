import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach } from 'vitest'
import type { FleetFilePort, FleetLinePort } from '../../electron/fleet/fleet.port.ts'
import { fleetFile } from '../../electron/fleet/fleet-file.ts'
import { nodeFleet } from '../../electron/fleet/node-fleet.ts'
import { type FleetDeps, FleetService } from '../../electron/services/fleet.service.ts'
import { nodeClock, nodeRandom } from '../../electron/system/node-system.ts'
import type { FleetView } from '../../shared/contract/fleet.contract.ts'
import type { MiningStatus } from '../../shared/contract/mining.contract.ts'
import { ok } from '../../shared/result.ts'
import { netuid, ss58 } from '../../shared/units/amounts.ts'

export const HOTKEY = ss58('5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty')
export const GENESIS = `0x${'ab'.repeat(32)}`
const OFF: MiningStatus = { state: 'off', steps: [], answered: 0, late: 0, refused: {}, recent: [] }

export const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

/** A computer with real sockets and a real file; only what it reports about is played. */
export class Machine {
  readonly folder = mkdtempSync(join(tmpdir(), 'taoforge-fleet-'))
  readonly logged: string[] = []
  readonly started: unknown[] = []
  stops = 0
  nowMs = Date.now()
  status: MiningStatus = OFF
  minerChoice: object | undefined
  /** What is said instead of the truth. */
  lie: ((report: Record<string, unknown>) => unknown) | undefined
  readonly service: FleetService

  constructor(name: string) {
    closers.push(() => rmSync(this.folder, { recursive: true, force: true }))
    const line: FleetLinePort = { ...nodeFleet, ownName: () => name, openDoor: (options) => this.#open(options) }
    const file: FleetFilePort = fleetFile(join(this.folder, 'fleet.json'))
    const deps = {
      fleet: line,
      file,
      version: '0.1.0',
      known: new Map(),
      clock: { ...nodeClock, nowMs: () => this.nowMs },
      random: nodeRandom,
      log: { log: (...facts: unknown[]) => void this.logged.push(JSON.stringify(facts)) },
      mining: {
        status: () => this.status,
        start: async (request: unknown) => {
          this.started.push(request)
          this.status = { ...OFF, state: 'mining', hotkey: HOTKEY, netuid: netuid(2), tokensPerSecond: 12.5 }
          return ok(this.status)
        },
        stop: async () => {
          this.stops += 1
          this.status = OFF
          return ok(OFF)
        },
      },
      monitor: { view: () => ({}) },
      care: { state: () => ({ restarts: { deaths: [] } }) },
      network: {
        status: () => ({
          choice: { kind: 'custom' },
          state: 'ready',
          facts: { genesis: GENESIS },
          best: { number: 7 },
          reconnecting: false,
        }),
        genesis: () => GENESIS,
        choice: () => ({ kind: 'custom' }),
      },
      wallets: { state: () => ({ wallets: [{ address: HOTKEY, hotkeys: [{ address: HOTKEY }] }] }) },
      settings: { get: () => ({ minerChoice: this.minerChoice }) },
      storage: {
        earningsTotals: () => [
          { netuid: netuid(2), hotkey: HOTKEY, source: 'mining', earned: 5n, earnedTao: 2n, epochs: 1, sinceBlock: 3 },
        ],
      },
    }
    // The cast: services that are read from are played as far as they are read.
    this.service = new FleetService(deps as unknown as FleetDeps)
    closers.push(() => this.service.close())
  }

  #open(options: Parameters<FleetLinePort['openDoor']>[0]) {
    return nodeFleet.openDoor({
      ...options,
      answer: async (caller, message) => {
        const said = (await options.answer(caller, message)) as { ok: boolean; value?: Record<string, unknown> }
        const isReport = (message as { name?: string } | null)?.name === 'fleet.report'
        return this.lie && isReport && said.ok ? { ...said, value: this.lie(said.value ?? {}) } : said
      },
    })
  }

  async invite(wish: { mayControl?: boolean } = {}): Promise<string> {
    const invited = await this.service.invite({ onlyHere: true, ...wish, ...(await freePort()) })
    if (!invited.ok) throw new Error(invited.error.code)
    return invited.value.pairing
  }
  add = (pairing: string) => this.service.add({ pairing }, new AbortController().signal)

  /** Until what is shown is as wished. */
  seen(wanted: (view: FleetView) => boolean): Promise<FleetView> {
    return new Promise((resolve) => {
      const look = () => {
        const view = this.service.view()
        if (!wanted(view)) return
        queueMicrotask(() => off())
        resolve(view)
      }
      const off = this.service.onChange(look)
      look()
    })
  }
}

async function freePort(): Promise<{ port: number }> {
  const door = await nodeFleet.openDoor({
    port: 0,
    onlyHere: true,
    keyOf: () => undefined,
    onRefused: () => undefined,
    onPresence: () => undefined,
    answer: async () => null,
  })
  if (!door.ok) throw new Error(door.error.code)
  await door.value.close()
  return { port: door.value.port }
}

export async function paired(
  wish: { mayControl?: boolean } = {},
): Promise<{ rig: Machine; desk: Machine; id: string }> {
  const [rig, desk] = [new Machine('rig'), new Machine('desk')]
  const added = await desk.add(await rig.invite(wish))
  if (!added.ok) throw new Error(JSON.stringify(added.error))
  return { rig, desk, id: added.value.id }
}
export const isHeard = ({ totals }: FleetView) => totals.heard === 2
