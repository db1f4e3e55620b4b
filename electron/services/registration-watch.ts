import { type Judged, judgePlace, judgeRemoval } from '../../shared/alerts/judge-places.ts'
import type { AppError } from '../../shared/errors.ts'
import { USUAL_BLOCK_MS } from '../../shared/network/block-time.ts'
import type { Places } from '../../shared/registration/places.ts'
import type { Pace } from '../../shared/registration/recorded-course.ts'
import { lostPlaces, type OwnPlace, type WatchedPlace, watchPlace } from '../../shared/registration/watch.ts'
import { ok, type Result } from '../../shared/result.ts'
import type { Netuid, Ss58 } from '../../shared/units/amounts.ts'
import type { ChainPort } from '../chain/chain.port.ts'
import type { PlaceEvents, RegistrationFacts, RegistrationPort, RemovalFacts } from '../chain/registration.port.ts'
import type { PlaceStorage } from '../storage/place-storage.port.ts'
import type { LogPort } from '../system/system.port.ts'
import type { AlertsService } from './alerts.service.ts'
import { type Fresh, Listeners } from './live-read.ts'
import type { RegistrationRecorder } from './registration-recorder.ts'

export interface RegistrationWatchDeps {
  readonly chain: Pick<ChainPort, 'onHead' | 'state' | 'uidsOf'> &
    Pick<RegistrationPort, 'registrationFacts' | 'removalFacts'>
  readonly storage: PlaceStorage
  readonly recorder: Pick<RegistrationRecorder, 'start' | 'close' | 'onSeen' | 'pace'>
  readonly alerts: Pick<AlertsService, 'raise' | 'over' | 'settings'>
  readonly log: LogPort
  readonly genesis: () => string | undefined
  /** Hotkeys of this computer's wallets. */
  readonly hotkeys: () => readonly Ss58[]
}

export interface WatchView {
  readonly block: number
  readonly places: readonly WatchedPlace[]
  /** Of subnets where we hold a place. Absent: none is held, or the chain did not say. */
  readonly removal?: RemovalFacts | undefined
}

/** The same subnet is not read again sooner. */
const APART_BLOCKS = 25
/** About an hour: which subnet goes next changes slowly. */
const REMOVAL_EVERY = 300
/** Whatever happens, a place is looked at once a day. */
const LONGEST_BLOCKS = 7_200
/** After a connection that nobody waits at, and after a failed read. */
const PAUSE_BLOCKS = 10
/** The epoch is there, and so are its payments. */
const AFTER_EPOCH = 2

const HOUR_MS = 3_600_000

interface Known {
  readonly genesis: string
  readonly hotkeys: string
  /** Nothing was asked of it yet. */
  fresh: boolean
  own: readonly OwnPlace[] | undefined
  readonly subnets: Map<Netuid, { readonly facts: RegistrationFacts; dueAt: number }>
  removal: RemovalFacts | undefined
}

const placesIn = (
  facts: RegistrationFacts,
  mine: ReadonlySet<string>,
  pace: Pace | undefined,
): readonly WatchedPlace[] =>
  facts.places
    .filter(({ hotkey }) => mine.has(hotkey))
    .flatMap(({ uid }) => watchPlace(facts, { netuid: facts.netuid, uid }, pace) ?? [])

/**
 * Watches over places of our hotkeys. Who came is known from events, so a subnet is read when somebody registered there, when its epoch
 * paid anew and when an immunity ended; and nothing at all is read without a place.
 */
export class RegistrationWatch {
  readonly #deps: RegistrationWatchDeps
  readonly #changed = new Listeners<void>()
  #known: Known | undefined
  #view: Fresh<WatchView> = {}
  #started = false
  #busy = false
  #notBefore = 0
  /** Windows that look at it now. */
  #watchers = 0

  constructor(deps: RegistrationWatchDeps) {
    this.#deps = deps
  }

  start(): void {
    if (this.#started) return
    this.#started = true
    this.#deps.recorder.start()
    this.#deps.recorder.onSeen((events) => this.#saw(events))
    this.#deps.chain.onHead(({ number }) => void this.#follow(number))
  }

  close(): void {
    this.#deps.recorder.close()
  }

  /** Begins to watch where nobody did yet. */
  watch(emit: (view: Fresh<WatchView>) => void, signal: AbortSignal): void {
    const stop = this.#changed.add(() => emit(this.#view))
    this.#watchers += 1
    const leave = () => {
      this.#watchers -= 1
      stop()
    }
    signal.addEventListener('abort', leave, { once: true })
    // Somebody waits: what was put off is not any more.
    this.#notBefore = 0
    // What is not known yet is no answer.
    if (this.#view.data || this.#view.error) emit(this.#view)
    this.start()
    const state = this.#deps.chain.state()
    if (state.state === 'ready') void this.#follow(state.best.number)
  }

  #saw({ registrations, othersChanged }: PlaceEvents): void {
    const known = this.#known
    if (!known) return
    const own = new Set<string>(this.#deps.hotkeys())
    if (othersChanged || registrations.some(({ hotkey }) => own.has(hotkey))) known.own = undefined
    if (othersChanged)
      for (const subnet of known.subnets.values())
        subnet.dueAt = Math.min(subnet.dueAt, subnet.facts.block + APART_BLOCKS)
    for (const { netuid, uid } of registrations) {
      const subnet = known.subnets.get(netuid)
      if (!subnet) continue
      const wasOurs = own.has(subnet.facts.places.find((place) => place.uid === uid)?.hotkey ?? '')
      subnet.dueAt = wasOurs ? 0 : Math.min(subnet.dueAt, subnet.facts.block + APART_BLOCKS)
    }
  }

  async #follow(best: number): Promise<void> {
    if (this.#busy || best < this.#notBefore) return
    this.#busy = true
    try {
      const read = await this.#look(best)
      if (!read.ok) this.#fails(read.error, best)
    } catch (cause) {
      this.#notBefore = best + PAUSE_BLOCKS
      this.#deps.log.log('warn', 'places.watch', { reason: cause instanceof Error ? cause.message : String(cause) })
    } finally {
      this.#busy = false
    }
  }

  #fails(error: AppError, best: number): void {
    this.#notBefore = best + PAUSE_BLOCKS
    this.#tell({ data: this.#view.data, error })
  }

  async #look(best: number): Promise<Result<null, AppError>> {
    const known = this.#ofNow()
    if (!known) return ok(null)
    if (known.fresh) {
      known.fresh = false
      if (this.#watchers === 0) this.#notBefore = best + PAUSE_BLOCKS
      if (best < this.#notBefore) return ok(null)
    }
    const before = known.own
    if (!known.own) {
      const own = await this.#deps.chain.uidsOf(known.hotkeys === '' ? [] : this.#deps.hotkeys())
      if (!own.ok) return own
      known.own = own.value.map((place) => ({ ...place, registeredAt: -1 }))
    }
    const stored = this.#deps.storage.ownPlaces(known.genesis)
    const mine = new Set<string>(this.#deps.hotkeys())
    const ours = [...known.own, ...stored.filter(({ hotkey }) => mine.has(hotkey))]
    const netuids = [...new Set(ours.map(({ netuid }) => netuid))]
    const due = netuids.filter((netuid) => best >= (known.subnets.get(netuid)?.dueAt ?? 0))
    const removalDue = known.own.length > 0 && best >= (known.removal?.block ?? -REMOVAL_EVERY) + REMOVAL_EVERY
    if (before && due.length === 0 && !removalDue) return ok(null)
    const gone = new Set<Netuid>()
    for (const netuid of due) {
      const facts = await this.#deps.chain.registrationFacts(netuid)
      if (facts.ok) known.subnets.set(netuid, { facts: facts.value, dueAt: this.#dueAfter(facts.value) })
      else if (facts.error.code === 'stake/unknown-subnet') gone.add(netuid)
      else return facts
    }
    if (removalDue) await this.#readRemoval(known, best)
    if (this.#deps.genesis() === known.genesis) this.#settle(known, { stored, gone, best })
    return ok(null)
  }

  /** Another chain, or other hotkeys: nothing of before counts. */
  #ofNow(): Known | undefined {
    const genesis = this.#deps.genesis()
    const hotkeys = this.#deps.hotkeys().toSorted().join(' ')
    if (genesis === undefined) return undefined
    const now = this.#known
    if (now?.genesis === genesis && now.hotkeys === hotkeys) return now
    if (now?.genesis !== genesis) this.#tell({})
    this.#known = { genesis, hotkeys, fresh: true, own: undefined, subnets: new Map(), removal: undefined }
    return this.#known
  }

  /** When its epoch pays anew, an immunity of ours ends, or its end is to be told of. */
  #dueAfter({ block, tempo, lastEpochBlock, immunityBlocks, places }: RegistrationFacts): number {
    const own = new Set<string>(this.#deps.hotkeys())
    const toldBefore = Math.floor((this.#deps.alerts.settings().immunityHours * HOUR_MS) / this.#blockMs())
    const ends = places
      .filter(({ hotkey }) => own.has(hotkey))
      .map(({ registeredAt }) => registeredAt + immunityBlocks)
      .flatMap((end) => [end, end - toldBefore])
      .filter((at) => at > block)
    const paid = tempo > 0 ? [Math.max(lastEpochBlock + tempo + AFTER_EPOCH, block + APART_BLOCKS)] : []
    return Math.min(...ends, ...paid, block + LONGEST_BLOCKS)
  }

  /** A runtime that does not say which subnet goes leaves that unknown. */
  async #readRemoval(known: Known, best: number): Promise<void> {
    const netuids = [...new Set((known.own ?? []).map(({ netuid }) => netuid))]
    const read = await this.#deps.chain.removalFacts(netuids)
    known.removal = read.ok
      ? read.value
      : { block: best, next: undefined, freeSubnets: undefined, immunityBlocks: undefined, registeredAt: new Map() }
    if (read.ok) this.#say(judgeRemoval(netuids, read.value))
  }

  #settle(
    known: Known,
    {
      stored,
      gone,
      best,
    }: { readonly stored: readonly OwnPlace[]; readonly gone: ReadonlySet<Netuid>; readonly best: number },
  ): void {
    const { storage, alerts, recorder } = this.#deps
    // What was read of it before shows places that are not there.
    for (const netuid of gone) known.subnets.delete(netuid)
    const read = new Map<Netuid, Places>([...known.subnets].map(([netuid, { facts }]) => [netuid, facts]))
    const mine = new Set<string>(this.#deps.hotkeys())
    const places = [...known.subnets.values()]
      .flatMap(({ facts }) => placesIn(facts, mine, recorder.pace(facts.netuid, facts.block)))
      .toSorted((a, b) => a.netuid - b.netuid || a.uid - b.uid)
    const [ours, others] = [
      stored.filter(({ hotkey }) => mine.has(hotkey)),
      stored.filter(({ hotkey }) => !mine.has(hotkey)),
    ]
    for (const lost of lostPlaces(ours, { read, gone })) alerts.raise({ kind: 'deregistered', ...lost })
    const own = places.map(({ netuid, uid, hotkey, registeredAt }) => ({ netuid, uid, hotkey, registeredAt }))
    // A hotkey of another folder of wallets is not lost by that.
    const kept = [...own, ...others].toSorted((a, b) => a.netuid - b.netuid || a.uid - b.uid)
    if (JSON.stringify(kept) !== JSON.stringify(stored)) storage.setOwnPlaces(known.genesis, kept)
    known.own = own
    for (const netuid of known.subnets.keys())
      if (!own.some((place) => place.netuid === netuid)) known.subnets.delete(netuid)
    for (const place of places) this.#say(judgePlace(place, alerts.settings(), this.#blockMs()))
    this.#tell({ data: { block: best, places, removal: own.length > 0 ? known.removal : undefined } })
  }

  #blockMs(): number {
    const state = this.#deps.chain.state()
    return (state.state === 'ready' ? state.facts.blockMs : undefined) ?? USUAL_BLOCK_MS
  }

  #say({ raise, over }: Judged): void {
    for (const alert of raise) this.#deps.alerts.raise(alert)
    for (const alert of over) this.#deps.alerts.over(alert)
  }

  #tell(view: Fresh<WatchView>): void {
    this.#view = view
    this.#changed.tell()
  }
}
