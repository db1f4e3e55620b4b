import type { LogFact, LogLevel } from '../../shared/log/log-line.ts'

/** Outside facts that services may not fetch by themselves. */
export interface ClockPort {
  /** Milliseconds since 1970, UTC. */
  nowMs(): number
  /** @returns a function that cancels. */
  after(delayMs: number, run: () => void): () => void
  every(periodMs: number, run: () => void): () => void
}

export interface RandomPort {
  /** Cryptographically strong. */
  bytes(count: number): Uint8Array
  uuid(): string
}

/** Secrets never reach a log: callers pass facts, not payloads. */
export interface LogPort {
  log(level: LogLevel, event: string, facts?: Readonly<Record<string, LogFact | undefined>>): void
}
