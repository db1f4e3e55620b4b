import { z } from 'zod'
import type { FleetInvitation, FleetMachineView, FleetView } from '../../shared/contract/fleet.contract.ts'
import { fleetReport, pairedAnswer, peerAnswer } from '../../shared/contract/fleet-report.contract.ts'
import type { AppError } from '../../shared/errors.ts'
import { plainLine } from '../../shared/fleet/fleet-report.ts'
import { fleetTotals, type KnownChains } from '../../shared/fleet/fleet-totals.ts'
import { readPairingCode } from '../../shared/fleet/pairing-code.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import type { FleetFilePort, FleetLine, FleetLinePort, FleetTarget, KeptMachine } from '../fleet/fleet.port.ts'
import type { ClockPort, LogPort, RandomPort } from '../system/system.port.ts'
import { FleetBook } from './fleet-book.ts'
import { FleetDoorService, type InviteWish } from './fleet-door.service.ts'
import { FleetLink } from './fleet-link.ts'
import { type FleetOrdersDeps, fleetOrders } from './fleet-orders.ts'
import { type FleetReportDeps, FleetReporter } from './fleet-report.ts'
import { Listeners } from './live-read.ts'

export interface FleetDeps extends Omit<FleetReportDeps, 'mining'>, Omit<FleetOrdersDeps, 'network'> {
  readonly mining: FleetReportDeps['mining'] & FleetOrdersDeps['mining']
  readonly network: FleetReportDeps['network']
  readonly fleet: FleetLinePort
  readonly file: FleetFilePort
  readonly known: KnownChains
  readonly clock: Pick<ClockPort, 'nowMs' | 'after' | 'every'>
  readonly random: Pick<RandomPort, 'bytes'>
  readonly log: LogPort
}

export interface AddWish {
  readonly pairing: string
  readonly name?: string | undefined
  readonly address?: string | undefined
  readonly port?: number | undefined
}

const MOST_MACHINES = 64
/** Many machines answer at about the same time: the view is told once for all of them. Unit: ms. */
const TELL_MS = 250
/** Own numbers move, too. Unit: ms. */
const OWN_MS = 3_000

/** Machines of one owner: those that this one looks at, and those that look at it. */
export class FleetService {
  readonly #deps: FleetDeps
  readonly #book: FleetBook
  readonly #changed = new Listeners<void>()
  readonly #links = new Map<string, FleetLink>()
  readonly #reporter: FleetReporter
  readonly door: FleetDoorService
  #watchers = 0
  #telling = false
  #stopOwn: (() => void) | undefined
  #closed = false

  constructor(deps: FleetDeps) {
    this.#deps = deps
    this.#book = new FleetBook(deps.file)
    this.#reporter = new FleetReporter(deps)
    this.door = new FleetDoorService({
      ...deps,
      book: this.#book,
      report: () => z.encode(fleetReport, this.#reporter.report()),
      orders: fleetOrders(deps),
    })
    this.door.onChange(() => this.#tell())
  }

  /** Opens the door, if it was open last time, and goes to all machines. Not for a host that answers one question and ends. */
  async start(): Promise<void> {
    for (const { id } of this.#book.kept().machines) this.#begin(id)
    await this.door.start()
  }

  /** While somebody listens, machines are asked more often. */
  onChange(listener: () => void): () => void {
    const off = this.#changed.add(listener)
    this.#watchers += 1
    if (this.#watchers === 1) {
      this.#stopOwn = this.#deps.clock.every(OWN_MS, () => this.#tell())
      for (const link of this.#links.values()) link.wake()
    }
    return () => {
      off()
      this.#watchers -= 1
      if (this.#watchers === 0) this.#stopOwn?.()
    }
  }

  view(): FleetView {
    const own = this.#reporter.report()
    const ownName = plainLine(this.#deps.fleet.ownName(), 60) || 'This computer'
    const machines = this.#book.kept().machines.map((kept) => this.#links.get(kept.id)?.view() ?? notBegun(kept))
    const heard = [
      { name: ownName, report: own },
      ...machines.map(({ id, name }) => ({ name, report: this.#links.get(id)?.heard() })),
    ]
    return {
      atMs: this.#deps.clock.nowMs(),
      own,
      ownName,
      machines,
      totals: fleetTotals(heard, this.#deps.known),
      ...this.door.view(),
    }
  }

  invite(wish: InviteWish): Promise<Result<FleetInvitation, AppError>> {
    return this.door.invite(wish)
  }

  /** @errors fleet/bad-code, fleet/too-many, fleet/code-refused, fleet/unreachable, fleet/bad-report */
  async add(wish: AddWish, signal: AbortSignal): Promise<Result<FleetMachineView, AppError>> {
    const { fleet, clock, log } = this.#deps
    const code = readPairingCode(wish.pairing)
    if (!code.ok) return err({ code: 'fleet/bad-code', problem: code.error })
    if (this.#book.kept().machines.length >= MOST_MACHINES) return err({ code: 'fleet/too-many', most: MOST_MACHINES })
    const address = wish.address ?? code.value.address
    const target = { address, port: wish.port ?? code.value.port, pair: fleet.keyOfCode(code.value.secret) }
    const line = await this.#dialWithCode(target, signal)
    if (!line.ok) return line
    const paired = await this.#pairOn(line.value, address)
    const { fresh } = line.value
    line.value.close()
    if (!paired.ok) return paired
    const name = wish.name ?? (plainLine(paired.value.name, 60) || address)
    const { port } = target
    const { mayControl } = paired.value
    const machine: KeptMachine = { ...fresh, name, address, port, mayControl, addedAtMs: clock.nowMs() }
    this.#book.change({ machines: [...this.#book.kept().machines, machine] })
    log.log('info', 'fleet.add', { name, mayControl })
    this.#begin(machine.id)
    this.#tell()
    return ok(this.#links.get(machine.id)?.view() ?? notBegun(machine))
  }

  /** @errors fleet/unknown */
  rename(id: string, name: string): Result<null, AppError> {
    const { machines } = this.#book.kept()
    if (!machines.some((one) => one.id === id)) return err({ code: 'fleet/unknown' })
    this.#book.change({ machines: machines.map((one) => (one.id === id ? { ...one, name } : one)) })
    this.#tell()
    return ok(null)
  }

  /** @errors fleet/unknown */
  remove(id: string): Result<null, AppError> {
    const { machines } = this.#book.kept()
    if (!machines.some((one) => one.id === id)) return err({ code: 'fleet/unknown' })
    this.#book.change({ machines: machines.filter((one) => one.id !== id) })
    this.#links.get(id)?.close()
    this.#links.delete(id)
    this.#deps.log.log('info', 'fleet.remove')
    this.#tell()
    return ok(null)
  }

  /** @errors fleet/unknown, fleet/not-allowed, fleet/unreachable, fleet/order-refused */
  async order(id: string, order: 'start' | 'stop'): Promise<Result<null, AppError>> {
    const machine = this.#book.kept().machines.find((one) => one.id === id)
    const link = this.#links.get(id)
    if (!machine || !link) return err({ code: 'fleet/unknown' })
    if (!machine.mayControl) return err({ code: 'fleet/not-allowed' })
    return link.order(order)
  }

  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    this.#stopOwn?.()
    for (const link of this.#links.values()) link.close()
    await this.door.close()
  }

  #begin(id: string): void {
    const { fleet, clock } = this.#deps
    if (this.#links.has(id) || this.#closed) return
    let last = this.#book.kept().machines.find((one) => one.id === id)
    if (!last) return
    const machine = (): KeptMachine => {
      // A link that was removed says good-bye under its last name.
      last = this.#book.kept().machines.find((one) => one.id === id) ?? last
      return last as KeptMachine
    }
    const link = new FleetLink({
      fleet,
      clock,
      machine,
      isWatched: () => this.#watchers > 0,
      onSeen: () => this.#book.sawMachine(id, clock.nowMs()),
      changed: () => this.#tell(),
    })
    this.#links.set(id, link)
    void link.run()
  }

  async #dialWithCode(target: FleetTarget, signal: AbortSignal): Promise<Result<FleetLine, AppError>> {
    const line = await this.#deps.fleet.dial(target, signal)
    if (line.ok) return line
    const { kind, reason } = line.error
    if (signal.aborted) return err({ code: 'contract/cancelled' })
    const { address } = target
    return err(
      kind === 'refused'
        ? { code: 'fleet/code-refused', address }
        : { code: 'fleet/unreachable', name: address, reason },
    )
  }

  async #pairOn(line: FleetLine, address: string): Promise<Result<z.output<typeof pairedAnswer>, AppError>> {
    const input = { name: plainLine(this.#deps.fleet.ownName(), 60) }
    const said = await line.ask({ id: 1, name: 'fleet.pair', input })
    if (!said.ok) return err({ code: 'fleet/unreachable', name: address, reason: said.error.reason })
    const answer = peerAnswer.safeParse(said.value)
    if (answer.success && !answer.data.ok) return err({ code: 'fleet/code-refused', address })
    const paired = answer.success && answer.data.ok ? pairedAnswer.safeParse(answer.data.value) : undefined
    return paired?.success
      ? ok(paired.data)
      : err({ code: 'fleet/bad-report', name: address, reason: 'It answered in a form that is not known' })
  }

  #tell(): void {
    if (this.#telling || this.#closed) return
    this.#telling = true
    this.#deps.clock.after(TELL_MS, () => {
      this.#telling = false
      if (!this.#closed) this.#changed.tell()
    })
  }
}

const notBegun = ({ id, name, address, port, mayControl, addedAtMs, lastSeenMs }: KeptMachine): FleetMachineView => ({
  ...{ id, name, address, port, mayControl, addedAtMs, lastSeenMs },
  state: 'waiting',
})
