/** Our worker processes. Each name has one entry file, known to the adapter that starts it. */
export type WorkerName = 'keys' | 'llm' | 'axon' | 'practice' | 'adapter' | 'ledger'

export interface WorkerOptions {
  readonly args?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** Folders that the worker may read and write where the platform can enforce it; absent = not restricted. */
  readonly mayRead?: readonly string[]
  readonly mayWrite?: readonly string[]
  /** One of its packages is a native addon; it sees to it that no other is loaded. */
  readonly mayLoadAddons?: boolean
  /** Called with each line that the worker writes to stdout or stderr. Default: dropped. */
  readonly onLine?: (line: string) => void
}

/** A running worker. Messages are structured clones: `Uint8Array` and `bigint` survive. */
export interface WorkerHandle {
  readonly pid: number | undefined
  send(message: unknown): void
  /** @returns a function that stops listening. */
  onMessage(listener: (message: unknown) => void): () => void
  /** Called once when the process is gone, also when it never started. */
  onExit(listener: (code: number | null) => void): () => void
  /** Ends the process now; safe to call twice. */
  kill(): void
}

/** Starts workers: `child_process.fork` under Node, `utilityProcess.fork` in the desktop shell. */
export interface SpawnPort {
  start(name: WorkerName, options?: WorkerOptions): WorkerHandle
}
