import type { AppError } from '../../shared/errors.ts'
import type { Family, MapRefusal, ProbeFact, RouterFact, StunFact } from '../../shared/reach/judge-reach.ts'
import type { ProbeInvitation } from '../../shared/reach/probe-invitation.ts'
import type { Result } from '../../shared/result.ts'

/** A router that answered, before anything was asked of it but its name and its address outside. */
export interface FoundRouter {
  readonly speaks: RouterFact['speaks']
  readonly gateway: string
  readonly outside?: string | undefined
  /** Opens this TCP port of the router for the same port of this computer. */
  open(port: number, signal: AbortSignal): Promise<Opened>
  /** Closes what `open` opened. @returns whether the router says that it did */
  close(port: number, signal: AbortSignal): Promise<boolean>
}

export type Opened =
  /** `seconds` 0: the router takes no end, and keeps it until it is closed. */
  | { readonly ok: true; readonly outer: number; readonly seconds: number }
  | { readonly ok: false; readonly why: MapRefusal }

export interface HelperOptions {
  /** 0 = any free one. */
  readonly port: number
  /** As an invitation has it. */
  readonly key: string
  /** Also knocks at private addresses: of use inside one home only, and it proves nothing about the internet. */
  readonly alsoInside: boolean
  /** Called after each asker: how it went, never who it was. */
  readonly onAnswered: () => void
}

export interface RunningHelper {
  readonly port: number
  close(): Promise<void>
}

export interface ProbeQuestion {
  readonly invitation: ProbeInvitation
  /** Where this computer listens while it is asked. */
  readonly port: number
  /** What the internet has to name; differs where the router chose another. */
  readonly outer: number
}

/** All that touches the network to find out whether this computer can be reached. Each call is somebody's press of a button. */
export interface ReachPort {
  /** Own addresses that could matter outside: no loopback, none of one cable only. Asks nobody. */
  ownAddresses(): readonly { readonly family: Family; readonly address: string }[]
  /** Asks one server outside which address it sees. */
  askStun(server: string, family: Family, signal: AbortSignal): Promise<StunFact>
  /** Asks the home network for a router that opens ports. */
  findRouter(signal: AbortSignal): Promise<FoundRouter | undefined>
  /** Has another Taoforge knock at our port. */
  askHelper(question: ProbeQuestion, signal: AbortSignal): Promise<ProbeFact>
  /** Knocks for others. @errors mining/port-taken, mining/bad-address */
  startHelper(options: HelperOptions): Promise<Result<RunningHelper, AppError>>
}
