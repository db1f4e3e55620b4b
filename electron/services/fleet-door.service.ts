import type { FleetInvitation, FleetView } from '../../shared/contract/fleet.contract.ts'
import { type PeerRequest, peerRequest } from '../../shared/contract/fleet-report.contract.ts'
import type { AppError } from '../../shared/errors.ts'
import { plainLine } from '../../shared/fleet/fleet-report.ts'
import { SECRET_BYTES, writePairingCode } from '../../shared/fleet/pairing-code.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import type { FleetCaller, FleetLinePort, KeptFleet, PairKey, RunningFleetDoor } from '../fleet/fleet.port.ts'
import type { ClockPort, LogPort, RandomPort } from '../system/system.port.ts'
import type { FleetBook } from './fleet-book.ts'
import { Listeners } from './live-read.ts'

export interface FleetDoorDeps {
  readonly fleet: FleetLinePort
  readonly book: FleetBook
  readonly clock: Pick<ClockPort, 'nowMs' | 'after'>
  readonly random: Pick<RandomPort, 'bytes'>
  readonly log: LogPort
  /** What this machine says of itself, encoded. */
  readonly report: () => unknown
  readonly orders: { start(): Result<null, AppError>; stop(): Result<null, AppError> }
}
export interface InviteWish {
  readonly address?: string | undefined
  readonly port?: number | undefined
  readonly onlyHere?: boolean | undefined
  readonly mayControl?: boolean | undefined
}

/** Long enough to walk to the other computer. Unit: ms. */
const INVITATION_MS = 10 * 60_000
/** A code of 128 bits is not guessed; who tries should be seen, and not go on. */
const MOST_TRIES = 5
const MOST_VIEWERS = 16
const USUAL_PORT = 8094
/** A knock is logged, a storm of them is not. Unit: ms. */
const LOG_AGAIN_MS = 60_000

interface Open {
  readonly pair: PairKey
  readonly address: string
  readonly port: number
  readonly mayControl: boolean
  readonly expiresAtMs: number
  triesLeft: number
  stopWaiting(): void
}
type Answer = { readonly id: number; readonly ok: boolean; readonly value?: unknown; readonly code?: string }

/**
 * The side that is looked at. A closed list of four questions, asked over connections that only a paired computer can make; it
 * reaches no channel of the app, so it holds whatever those will be.
 */
export class FleetDoorService {
  readonly #deps: FleetDoorDeps
  readonly #changed = new Listeners<void>()
  readonly #present = new Set<string>()
  #door: RunningFleetDoor | undefined
  #error: AppError | undefined
  #invitation: Open | undefined
  #refused = 0
  #refusedAtMs: number | undefined

  constructor(deps: FleetDoorDeps) {
    this.#deps = deps
  }

  onChange(listener: () => void): () => void {
    return this.#changed.add(listener)
  }

  /** Opens the door again, if it was open last time. */
  async start(): Promise<void> {
    const { door } = this.#deps.book.kept()
    if (door && !this.#door) await this.#open(door)
  }

  view(): Pick<FleetView, 'door' | 'invitation' | 'viewers' | 'ownAddresses'> {
    const { door, viewers } = this.#deps.book.kept()
    return {
      door: {
        state: this.#door ? 'open' : this.#error ? 'failed' : 'off',
        port: this.#door?.port ?? door?.port,
        onlyHere: door?.onlyHere ?? false,
        error: this.#error,
        refused: this.#refused,
        refusedAtMs: this.#refusedAtMs,
      },
      invitation: this.#invitation && invitationView(this.#invitation),
      viewers: viewers.map(({ id, name, mayControl, addedAtMs, lastSeenMs }) => {
        return { id, name, mayControl, addedAtMs, lastSeenMs, present: this.#present.has(id) }
      }),
      ownAddresses: this.#deps.fleet.ownAddresses(),
    }
  }

  /** @errors fleet/too-many, fleet/no-address, mining/port-taken */
  async invite(wish: InviteWish): Promise<Result<FleetInvitation, AppError>> {
    const { book, clock, random, fleet, log } = this.#deps
    const kept = book.kept()
    if (kept.viewers.length >= MOST_VIEWERS) return err({ code: 'fleet/too-many', most: MOST_VIEWERS })
    const onlyHere = wish.onlyHere ?? kept.door?.onlyHere ?? false
    const address = wish.address ?? (onlyHere ? '127.0.0.1' : fleet.ownAddresses()[0])
    if (address === undefined) return err({ code: 'fleet/no-address' })
    const wanted = { port: wish.port ?? kept.door?.port ?? USUAL_PORT, onlyHere }
    const isOpen = this.#door && kept.door?.port === wanted.port && kept.door.onlyHere === onlyHere
    const opened = isOpen && this.#door ? ok(this.#door) : await this.#open(wanted)
    if (!opened.ok) return opened
    book.change({ door: { port: opened.value.port, onlyHere } })
    this.#forgetInvitation()
    const secret = random.bytes(SECRET_BYTES)
    const { port } = opened.value
    this.#invitation = {
      pair: fleet.keyOfCode(secret),
      address,
      port,
      mayControl: wish.mayControl === true,
      expiresAtMs: clock.nowMs() + INVITATION_MS,
      triesLeft: MOST_TRIES,
      stopWaiting: clock.after(INVITATION_MS, () => this.withdraw()),
    }
    log.log('info', 'fleet.invite', { port, mayControl: wish.mayControl === true })
    this.#changed.tell()
    return ok({ ...invitationView(this.#invitation), pairing: writePairingCode({ address, port, secret }) })
  }

  withdraw(): void {
    this.#forgetInvitation()
    this.#changed.tell()
  }

  async closeDoor(): Promise<void> {
    this.#forgetInvitation()
    this.#deps.book.change({ door: undefined })
    await this.#shut()
    this.#changed.tell()
  }

  /** It is out at once, also of a connection that stands. @errors fleet/unknown */
  forget(id: string): Result<null, AppError> {
    const { book, log } = this.#deps
    const { viewers } = book.kept()
    if (!viewers.some((one) => one.id === id)) return err({ code: 'fleet/unknown' })
    book.change({ viewers: viewers.filter((one) => one.id !== id) })
    this.#door?.drop(id)
    log.log('info', 'fleet.forget-viewer')
    this.#changed.tell()
    return ok(null)
  }

  async close(): Promise<void> {
    this.#forgetInvitation()
    await this.#shut()
  }

  async #shut(): Promise<void> {
    const door = this.#door
    this.#door = undefined
    this.#error = undefined
    await door?.close()
  }

  async #open(wanted: NonNullable<KeptFleet['door']>): Promise<Result<RunningFleetDoor, AppError>> {
    await this.#shut()
    const opened = await this.#deps.fleet.openDoor({
      ...wanted,
      keyOf: (id) => this.#keyOf(id),
      onRefused: (id) => this.#onRefused(id),
      answer: (caller, message) => this.#answer(caller, message),
      onPresence: (id, present) => this.#onPresence(id, present),
    })
    if (opened.ok) this.#door = opened.value
    else this.#error = opened.error
    this.#changed.tell()
    return opened
  }

  #live(): Open | undefined {
    const open = this.#invitation
    return open && this.#deps.clock.nowMs() < open.expiresAtMs ? open : undefined
  }

  #keyOf(id: string): Uint8Array | undefined {
    const open = this.#live()
    if (open?.pair.id === id) return open.pair.key
    return this.#deps.book.kept().viewers.find((one) => one.id === id)?.key
  }

  #onRefused(id: string | undefined): void {
    const { clock, log } = this.#deps
    const now = clock.nowMs()
    if (now - (this.#refusedAtMs ?? 0) > LOG_AGAIN_MS) log.log('warn', 'fleet.refused', { sofar: this.#refused })
    this.#refused += 1
    this.#refusedAtMs = now
    const open = this.#invitation
    if (open && open.pair.id === id) {
      open.triesLeft -= 1
      if (open.triesLeft <= 0) this.#forgetInvitation()
    }
    this.#changed.tell()
  }

  #onPresence(id: string, present: boolean): void {
    if (present) this.#present.add(id)
    else this.#present.delete(id)
    this.#deps.book.sawViewer(id, this.#deps.clock.nowMs())
    this.#changed.tell()
  }

  #forgetInvitation(): void {
    this.#invitation?.stopWaiting()
    this.#invitation = undefined
  }

  async #answer(caller: FleetCaller, message: unknown): Promise<Answer> {
    const request = peerRequest.safeParse(message)
    if (!request.success) return { id: 0, ok: false, code: 'contract/bad-input' }
    const { id } = request.data
    try {
      const said = this.#said(caller, request.data)
      return said.ok ? { id, ok: true, value: said.value } : { id, ok: false, code: said.error.code }
    } catch (cause) {
      this.#deps.log.log('error', 'fleet.answer', { reason: cause instanceof Error ? cause.message : String(cause) })
      return { id, ok: false, code: 'internal' }
    }
  }

  /** Looked up anew for each question: whoever was removed is nobody, also on an old connection. */
  #said(caller: FleetCaller, { name, input }: PeerRequest): Result<unknown, AppError> {
    const { book, report, orders, log } = this.#deps
    const open = this.#live()
    if (open?.pair.id === caller.id)
      return name === 'fleet.pair' ? this.#pair(open, caller.fresh, input.name) : unknownChannel(name)
    const viewer = book.kept().viewers.find((one) => one.id === caller.id)
    if (!viewer) return err({ code: 'fleet/unknown' })
    switch (name) {
      case 'fleet.report':
        return ok(report())
      case 'fleet.start':
      case 'fleet.stop':
        if (!viewer.mayControl) return err({ code: 'fleet/not-allowed' })
        log.log('info', name, { viewer: viewer.name })
        return name === 'fleet.start' ? orders.start() : orders.stop()
      default:
        return unknownChannel(name)
    }
  }

  /** Uses the invitation up: the key of the pair comes from this very connection, and was never sent. */
  #pair({ mayControl }: Open, fresh: PairKey, name: string | undefined): Result<unknown, AppError> {
    const { book, clock, log, fleet } = this.#deps
    this.#forgetInvitation()
    const { viewers } = book.kept()
    const now = clock.nowMs()
    const called = plainLine(name ?? '', 60) || 'a computer'
    book.change({ viewers: [...viewers, { ...fresh, name: called, mayControl, addedAtMs: now }] })
    log.log('info', 'fleet.paired', { viewer: called, mayControl })
    this.#changed.tell()
    return ok({ name: plainLine(fleet.ownName(), 60), mayControl })
  }
}

const unknownChannel = (name: string) => err({ code: 'contract/unknown-channel', name } as const)

const invitationView = ({ address, port, mayControl, expiresAtMs, triesLeft }: Open) => ({
  address,
  port,
  mayControl,
  expiresAtMs,
  triesLeft,
})
