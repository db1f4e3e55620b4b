import type { ReachReport, ReachState } from '../../shared/contract/reach.contract.ts'
import type { AppError } from '../../shared/errors.ts'
import { parseIp, scopeOf } from '../../shared/mining/ip-address.ts'
import {
  type Family,
  type FamilyFacts,
  judgeReach,
  type ProbeFact,
  type RouterFact,
} from '../../shared/reach/judge-reach.ts'
import { PROBE_KEY_BYTES } from '../../shared/reach/probe-frames.ts'
import { type ProbeInvitation, readInvitation, writeInvitation } from '../../shared/reach/probe-invitation.ts'
import { USUAL_STUN_SERVERS } from '../../shared/reach/stun-message.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import type { FoundRouter, Opened, ReachPort, RunningHelper } from '../reach/reach.port.ts'
import type { ClockPort, LogPort, RandomPort } from '../system/system.port.ts'
import { Listeners } from './live-read.ts'
import type { SettingsService } from './settings.service.ts'

export interface ReachDeps {
  readonly reach: ReachPort
  readonly settings: Pick<SettingsService, 'get' | 'onChange'>
  readonly clock: Pick<ClockPort, 'nowMs' | 'after'>
  readonly random: Pick<RandomPort, 'bytes'>
  readonly log: LogPort
}

/** A router that has not answered by then will not, ms. */
const OPEN_MS = 10_000
/** The program waits for it at its end. */
const CLOSE_MS = 5_000

/** A question under way. `told`: whether it was answered, and not given up. */
interface Asking {
  readonly port: number
  readonly openPort: boolean
  readonly told: Promise<boolean>
}

/** A port that a router keeps open for us. */
interface Opening {
  readonly router: FoundRouter
  readonly port: number
  readonly outer: number
  readonly untilMs?: number | undefined
  stopRenewing(): void
}

const isPublic = (text: string): boolean => {
  const ip = parseIp(text)
  return ip !== undefined && scopeOf(ip) === 'public'
}
const base64url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')

/**
 * Finds out whether the internet can reach this computer, when somebody asks: own addresses, servers, router, helpers, in that
 * order, and a verdict of all. Nothing is asked of anybody before.
 */
export class ReachService {
  readonly #deps: ReachDeps
  readonly #changed = new Listeners<void>()
  #asking: Asking | undefined
  #report: ReachReport | undefined
  #opening: Opening | undefined
  #helping: { readonly running: RunningHelper; readonly invitation: string; answered: number } | undefined

  constructor(deps: ReachDeps) {
    this.#deps = deps
    deps.settings.onChange(() => this.#changed.tell())
  }

  /** @returns a function that stops listening. */
  onChange(listener: () => void): () => void {
    return this.#changed.add(listener)
  }

  state(): ReachState {
    const { reach } = this.#deps
    return {
      state: this.#asking ? 'asking' : this.#report ? 'done' : 'not-asked',
      asks: {
        servers: [...this.#servers()],
        helpers: this.#helpers().map(({ address, port }) => `${address}:${port}`),
        own: [...reach.ownAddresses()],
      },
      ...(this.#report ? { report: this.#report } : {}),
      ...(this.#opening ? { opened: openedView(this.#opening) } : {}),
      ...(this.#helping ? { helping: helpingView(this.#helping) } : {}),
    }
  }

  /** Asks everybody who is set, once; who asks the same meanwhile gets the same answer, and who asks for another port has his turn. */
  async check(
    { port, openPort = false }: { readonly port: number; readonly openPort?: boolean | undefined },
    signal: AbortSignal,
  ): Promise<Result<ReachState, AppError>> {
    for (let other = this.#asking; other; other = this.#asking) {
      const told = await other.told
      if (signal.aborted) return err({ code: 'contract/cancelled' })
      if (told && other.port === port && other.openPort === openPort) return ok(this.state())
    }
    const told = this.#look(port, openPort, signal).finally(() => {
      this.#asking = undefined
    })
    this.#asking = { port, openPort, told }
    this.#changed.tell()
    await told
    this.#changed.tell()
    return signal.aborted ? err({ code: 'contract/cancelled' }) : ok(this.state())
  }

  async #look(port: number, openPort: boolean, signal: AbortSignal): Promise<boolean> {
    const { reach, clock } = this.#deps
    const own = reach.ownAddresses()
    const families = ([4, 6] as const).filter((family) => own.some((one) => one.family === family))
    const routerAsked = own.some(({ family, address }) => family === 4 && !isPublic(address))
    const [stun, router] = await Promise.all([
      Promise.all(families.map(async (family) => [family, await this.#askServers(family, signal)] as const)),
      routerAsked ? reach.findRouter(signal) : undefined,
    ])
    if (signal.aborted) return false
    const fact = router && (await this.#routerFact(router, openPort ? port : undefined, signal))
    const outer = fact?.port.state === 'open' ? fact.port.outer : port
    const probes = await this.#askHelpers(families, { port, outer }, signal)
    if (signal.aborted) return false
    const facts = ([4, 6] as const).map((family): FamilyFacts => {
      const isRouters = family === 4
      return {
        family,
        own: own.filter((one) => one.family === family).map(({ address }) => address),
        stun: stun.find(([asked]) => asked === family)?.[1] ?? [],
        ...(isRouters && fact ? { router: fact } : {}),
        routerAsked: isRouters && routerAsked,
        probes: probes.filter((one) => one.family === family).map(({ probe }) => probe),
      }
    })
    this.#report = { atMs: clock.nowMs(), port, facts, verdict: judgeReach(facts) }
    return true
  }

  #askServers(family: Family, signal: AbortSignal) {
    return Promise.all(this.#servers().map((server) => this.#deps.reach.askStun(server, family, signal)))
  }

  async #routerFact(router: FoundRouter, port: number | undefined, signal: AbortSignal): Promise<RouterFact> {
    const { speaks, gateway, outside } = router
    const base = { speaks, gateway, ...(outside === undefined ? {} : { outside }) }
    if (port === undefined) {
      const held = this.#opening
      return held
        ? { ...base, port: { state: 'open', outer: held.outer, untilClosed: held.untilMs === undefined } }
        : { ...base, port: { state: 'not-asked' } }
    }
    await this.#shut()
    const opened = await this.#open(router, port, signal)
    return opened.ok
      ? { ...base, port: { state: 'open', outer: opened.value.outer, untilClosed: opened.value.untilMs === undefined } }
      : { ...base, port: { state: 'refused', why: opened.error } }
  }

  async #open(router: FoundRouter, port: number, signal: AbortSignal) {
    const done = await router.open(port, signal)
    if (done.ok) return ok(this.#hold(router, port, done))
    this.#deps.log.log('warn', 'reach.open', { why: done.why })
    return err(done.why)
  }

  /** Asks anew at half of what the router grants: a program that is gone leaves nothing open for long. */
  #hold(router: FoundRouter, port: number, { seconds, outer }: Extract<Opened, { ok: true }>): Opening {
    const { clock, log } = this.#deps
    const renew = async () => {
      const again = await router.open(port, AbortSignal.timeout(OPEN_MS))
      // Closed, or opened anew, while the router was asked.
      if (this.#opening !== opening) {
        if (again.ok && !this.#opening) await router.close(port, AbortSignal.timeout(CLOSE_MS))
        return
      }
      this.#opening = undefined
      if (again.ok) this.#hold(router, port, again)
      else log.log('warn', 'reach.open', { why: again.why })
      this.#changed.tell()
    }
    const lasting = seconds === 0
    const opening: Opening = {
      router,
      port,
      outer,
      ...(lasting ? {} : { untilMs: clock.nowMs() + seconds * 1000 }),
      stopRenewing: lasting ? () => undefined : clock.after(seconds * 500, () => void renew()),
    }
    this.#opening = opening
    return opening
  }

  async #askHelpers(
    families: readonly Family[],
    ports: { readonly port: number; readonly outer: number },
    signal: AbortSignal,
  ) {
    const answers: { readonly family: Family; readonly probe: ProbeFact }[] = []
    // One after the other: each has us listen on the same port.
    for (const invitation of this.#helpers()) {
      if (signal.aborted || !families.includes(invitation.family)) continue
      const outer = invitation.family === 4 ? ports.outer : ports.port
      const probe = await this.#deps.reach.askHelper({ invitation, port: ports.port, outer }, signal)
      answers.push({ family: invitation.family, probe })
    }
    return answers
  }

  /** Has the router close what it opened. */
  async closePort(): Promise<Result<ReachState, AppError>> {
    await this.#shut()
    this.#changed.tell()
    return ok(this.state())
  }

  async #shut(): Promise<void> {
    const held = this.#opening
    if (!held) return
    this.#opening = undefined
    held.stopRenewing()
    const closed = await held.router.close(held.port, AbortSignal.timeout(CLOSE_MS))
    if (!closed) this.#deps.log.log('warn', 'reach.close', { port: held.port, outer: held.outer })
  }

  /**
   * Knocks for others, until told to stop. The key is a new one each time, so an old invitation opens nothing.
   * @errors contract/bad-input where nobody knows under which address others find this computer; those of `startHelper`
   */
  async help(request: {
    readonly port: number
    readonly address?: string | undefined
  }): Promise<Result<ReachState, AppError>> {
    await this.#stopHelper()
    const text = request.address ?? this.#report?.verdict.best?.address ?? this.#ownPublic()
    const ip = text === undefined ? undefined : parseIp(text)
    if (text === undefined || !ip)
      return err({
        code: 'contract/bad-input',
        issues: ['The address under which others find this computer is missing.'],
      })
    const key = base64url(this.#deps.random.bytes(PROBE_KEY_BYTES))
    const onAnswered = () => {
      if (this.#helping) this.#helping.answered += 1
      this.#changed.tell()
    }
    const started = await this.#deps.reach.startHelper({ port: request.port, key, alsoInside: false, onAnswered })
    if (!started.ok) return started
    const { port } = started.value
    const invitation: ProbeInvitation = { family: ip.version, address: text, port, key }
    this.#helping = { running: started.value, invitation: writeInvitation(invitation), answered: 0 }
    this.#changed.tell()
    return ok(this.state())
  }

  async stopHelping(): Promise<Result<ReachState, AppError>> {
    await this.#stopHelper()
    this.#changed.tell()
    return ok(this.state())
  }

  async #stopHelper(): Promise<void> {
    const helping = this.#helping
    this.#helping = undefined
    await helping?.running.close()
  }

  /** Ends what is open: the helper, and the port of the router. */
  async close(): Promise<void> {
    await Promise.all([this.#stopHelper(), this.#shut()])
  }

  #servers(): readonly string[] {
    return this.#deps.settings.get().stunServers ?? USUAL_STUN_SERVERS
  }

  #helpers(): readonly ProbeInvitation[] {
    return (this.#deps.settings.get().probeHelpers ?? []).flatMap((text) => readInvitation(text) ?? [])
  }

  #ownPublic(): string | undefined {
    return this.#deps.reach.ownAddresses().find(({ address }) => isPublic(address))?.address
  }
}

const openedView = ({ router, port, outer, untilMs }: Opening) => ({
  gateway: router.gateway,
  port,
  outer,
  ...(untilMs === undefined ? {} : { untilMs }),
})

const helpingView = ({
  running,
  invitation,
  answered,
}: {
  running: RunningHelper
  invitation: string
  answered: number
}) => ({
  invitation,
  port: running.port,
  answered,
})
