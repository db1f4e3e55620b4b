import type { AppError } from '../../shared/errors.ts'
import type { Result } from '../../shared/result.ts'

/** What two computers share: a name that is said aloud, and a key that is not. */
export interface PairKey {
  /** 32 hex digits. Stands readable in the first message of each connection. */
  readonly id: string
  /** 32 bytes. */
  readonly key: Uint8Array
}

export interface FleetDoorOptions {
  /** 0 = any free one. */
  readonly port: number
  /** Listens for programs of this computer only: for a tunnel. */
  readonly onlyHere: boolean
  /** Of whoever may come in now. */
  keyOf(id: string): Uint8Array | undefined
  /** Somebody knew a name and not its key, or a name that is not (any more) known. */
  onRefused(id: string | undefined): void
  /** One message of somebody who came in. Never throws. @param caller with the key that only this very connection can lead to */
  answer(caller: FleetCaller, message: unknown): Promise<unknown>
  /** Somebody came in, or left. */
  onPresence(id: string, present: boolean): void
}
export interface FleetCaller {
  readonly id: string
  readonly fresh: PairKey
}
export interface RunningFleetDoor {
  readonly port: number
  /** Closes all connections of this name. */
  drop(id: string): void
  close(): Promise<void>
}

export interface FleetTarget {
  readonly address: string
  readonly port: number
  readonly pair: PairKey
}
/**
 * `unreachable`: nothing of ours answers there. `refused`: it does not know this key, or does not have it itself. `bad-answer`: what it
 * sent cannot be used. `closed`: the connection ended.
 */
export interface LineFailure {
  readonly kind: 'unreachable' | 'refused' | 'bad-answer' | 'closed'
  /** For a person; holds no secret. */
  readonly reason: string
}

/** A connection on which both sides have proved that they have the key. */
export interface FleetLine {
  readonly fresh: PairKey
  /** One question at a time. */
  ask(message: unknown): Promise<Result<unknown, LineFailure>>
  onClosed(listener: () => void): void
  close(): void
}

export interface FleetLinePort {
  /** @errors mining/port-taken */
  openDoor(options: FleetDoorOptions): Promise<Result<RunningFleetDoor, AppError>>
  dial(target: FleetTarget, signal: AbortSignal): Promise<Result<FleetLine, LineFailure>>
  /** What both sides make of the secret in a pairing code. */
  keyOfCode(secret: Uint8Array): PairKey
  /** Addresses under which others could find this computer, the likeliest first. */
  ownAddresses(): readonly string[]
  /** As this computer calls itself. */
  ownName(): string
}

/** Of those who look at this computer. */
export interface KeptViewer extends PairKey {
  readonly name: string
  /** The owner allowed it to start and stop the miner. */
  readonly mayControl: boolean
  readonly addedAtMs: number
  readonly lastSeenMs?: number | undefined
}
/** Of those that this computer looks at. */
export interface KeptMachine extends PairKey {
  readonly name: string
  readonly address: string
  readonly port: number
  readonly mayControl: boolean
  readonly addedAtMs: number
  readonly lastSeenMs?: number | undefined
}
export interface KeptFleet {
  /** Absent: off. */
  readonly door?: { readonly port: number; readonly onlyHere: boolean } | undefined
  readonly viewers: readonly KeptViewer[]
  readonly machines: readonly KeptMachine[]
}

export interface FleetFilePort {
  /** @throws StorageFailure where it is there and cannot be read */
  read(): KeptFleet
  /** All or nothing, readable by its owner only. @throws StorageFailure */
  write(kept: KeptFleet): void
}
