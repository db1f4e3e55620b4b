import type { FleetMachineView } from '../../shared/contract/fleet.contract.ts'
import { fleetReport, peerAnswer } from '../../shared/contract/fleet-report.contract.ts'
import type { AppError } from '../../shared/errors.ts'
import type { FleetReport } from '../../shared/fleet/fleet-report.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import type { FleetLine, FleetLinePort, KeptMachine, LineFailure } from '../fleet/fleet.port.ts'
import type { ClockPort } from '../system/system.port.ts'

export interface FleetLinkDeps {
  readonly fleet: Pick<FleetLinePort, 'dial'>
  readonly clock: Pick<ClockPort, 'nowMs' | 'after'>
  /** As it is now: it may be called something else meanwhile. */
  readonly machine: () => KeptMachine
  readonly isWatched: () => boolean
  readonly onSeen: () => void
  readonly changed: () => void
}

/** While somebody looks, ms. */
const WATCHED_MS = 3_000
/** Half of that and the other side would still keep the connection; a report costs it a millisecond. Unit: ms. */
const QUIET_MS = 30_000
const FIRST_WAIT_MS = 1_000
const LONGEST_WAIT_MS = 60_000
/** It said no: asking each minute would only fill its log. Unit: ms. */
const REFUSED_WAIT_MS = 5 * 60_000

type Ask = { readonly name: 'fleet.report' | 'fleet.start' | 'fleet.stop' }

/** 1 s, 2 s, 4 s … a minute. @param times  failures in a row, from 1 */
export const waitAfter = (times: number): number =>
  Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(20, times - 1))

/** One machine that is looked at: goes there, asks, comes back when it was away. What it says is a stranger's until a schema took it. */
export class FleetLink {
  readonly #deps: FleetLinkDeps
  readonly #ending = new AbortController()
  #state: FleetMachineView['state'] = 'connecting'
  #error: AppError | undefined
  #retryAtMs: number | undefined
  #report: FleetReport | undefined
  #line: FleetLine | undefined
  #last: Promise<unknown> = Promise.resolve()
  #lastId = 0
  #times = 0
  #wake: (() => void) | undefined

  constructor(deps: FleetLinkDeps) {
    this.#deps = deps
  }

  /** Until it is closed. */
  async run(): Promise<void> {
    const { fleet, machine } = this.#deps
    while (!this.#isOver()) {
      this.#tell('connecting')
      const { address, port, id, key } = machine()
      const line = await fleet.dial({ address, port, pair: { id, key } }, this.#ending.signal)
      if (line.ok) await this.#talk(line.value)
      else this.#failed(this.#errorOf(line.error))
      if (this.#isOver()) return
      const waitMs = this.#state === 'refused' ? REFUSED_WAIT_MS : waitAfter(this.#times)
      this.#retryAtMs = this.#deps.clock.nowMs() + waitMs
      this.#deps.changed()
      await this.#pause(waitMs)
      this.#retryAtMs = undefined
    }
  }

  view(): FleetMachineView {
    const { id, name, address, port, mayControl, addedAtMs, lastSeenMs } = this.#deps.machine()
    return {
      ...{ id, name, address, port, mayControl, addedAtMs, lastSeenMs },
      state: this.#state,
      error: this.#error,
      retryAtMs: this.#retryAtMs,
      report: this.#report,
    }
  }

  /** What it says now; `undefined` while it is not heard. */
  heard(): FleetReport | undefined {
    return this.#state === 'connected' ? this.#report : undefined
  }

  /** Somebody looks, or wants it tried now. */
  wake(): void {
    this.#wake?.()
  }

  /** @errors fleet/unreachable, fleet/order-refused, fleet/bad-report */
  async order(order: 'start' | 'stop'): Promise<Result<null, AppError>> {
    const { name } = this.#deps.machine()
    if (!this.#line || this.#state !== 'connected')
      return err(this.#error ?? { code: 'fleet/unreachable', name, reason: 'it is not connected now' })
    const said = await this.#ask(this.#line, { name: `fleet.${order}` })
    if (said.ok) this.wake()
    return said.ok ? ok(null) : said
  }

  close(): void {
    this.#ending.abort()
    this.#line?.close()
    this.wake()
  }

  /** A function, for it changes while something is awaited. */
  #isOver(): boolean {
    return this.#ending.signal.aborted
  }

  async #talk(line: FleetLine): Promise<void> {
    this.#line = line
    let open = true
    line.onClosed(() => {
      open = false
      this.wake()
    })
    while (open && !this.#isOver()) {
      const said = await this.#ask(line, { name: 'fleet.report' })
      const report = said.ok ? this.#read(said.value) : said
      if (!report.ok) {
        this.#failed(report.error)
        break
      }
      this.#report = report.value
      this.#times = 0
      this.#error = undefined
      this.#deps.onSeen()
      this.#tell('connected')
      await this.#pause(this.#deps.isWatched() ? WATCHED_MS : QUIET_MS)
    }
    if (this.#state === 'connected' && !this.#isOver())
      this.#failed(this.#errorOf({ kind: 'closed', reason: 'it closed the connection' }))
    this.#line = undefined
    line.close()
  }

  /** One question after the other. */
  #ask(line: FleetLine, { name }: Ask): Promise<Result<unknown, AppError>> {
    const one = async (): Promise<Result<unknown, AppError>> => {
      this.#lastId += 1
      const id = this.#lastId
      const said = await line.ask({ id, name, input: {} })
      if (!said.ok) return err(this.#errorOf(said.error))
      const answer = peerAnswer.safeParse(said.value)
      if (!answer.success || answer.data.id !== id) return err(this.#bad('It answered in a form that is not known'))
      if (answer.data.ok) return ok(answer.data.value)
      return err(this.#refusal(name, answer.data.code))
    }
    const asked = this.#last.then(one)
    this.#last = asked
    return asked
  }

  /** Its words are not shown: a code has one form, and words of ours. */
  #refusal(asked: Ask['name'], code: string): AppError {
    const { name } = this.#deps.machine()
    if (code === 'fleet/unknown') return { code: 'fleet/refused', name }
    if (asked === 'fleet.report') return this.#bad('It does not say how it is')
    return { code: 'fleet/order-refused', name, refusal: /^[a-z]+(\/[a-z0-9-]+)?$/.test(code) ? code : 'unknown' }
  }

  #read(value: unknown): Result<FleetReport, AppError> {
    const report = fleetReport.safeParse(value)
    if (report.success) return ok(report.data)
    const [issue] = report.error.issues
    // Only names of fields that we know: what it calls others is its own text.
    const known = Object.keys(fleetReport.shape).find((field) => field === issue?.path[0])
    return err(this.#bad(`What it says under "${known ?? 'the report'}" cannot be`))
  }

  #bad(reason: string): AppError {
    return { code: 'fleet/bad-report', name: this.#deps.machine().name, reason }
  }

  #errorOf({ kind, reason }: LineFailure): AppError {
    const { name } = this.#deps.machine()
    if (kind === 'refused') return { code: 'fleet/refused', name }
    if (kind === 'bad-answer') return { code: 'fleet/bad-report', name, reason }
    return { code: 'fleet/unreachable', name, reason }
  }

  #failed(error: AppError): void {
    this.#times += 1
    this.#error = error
    this.#tell(error.code === 'fleet/refused' ? 'refused' : 'waiting')
  }

  #tell(state: FleetMachineView['state']): void {
    this.#state = state
    this.#deps.changed()
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        cancel()
        this.#wake = undefined
        resolve()
      }
      const cancel = this.#deps.clock.after(ms, done)
      this.#wake = done
    })
  }
}
