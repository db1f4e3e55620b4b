import type { FleetFilePort, KeptFleet } from '../fleet/fleet.port.ts'

/** Who was seen when is worth a write now and then, not one for each connection. Unit: ms. */
const SEEN_AGAIN_MS = 5 * 60_000

type Seen = { readonly id: string; readonly lastSeenMs?: number | undefined }
const seen = <T extends Seen>(all: readonly T[], id: string, atMs: number): readonly T[] | undefined => {
  const one = all.find((each) => each.id === id)
  if (!one || atMs - (one.lastSeenMs ?? 0) < SEEN_AGAIN_MS) return undefined
  return all.map((each) => (each.id === id ? { ...each, lastSeenMs: atMs } : each))
}

/** Pairs of both sides. Every change is on disk before it holds. */
export class FleetBook {
  readonly #file: FleetFilePort
  #kept: KeptFleet | undefined

  constructor(file: FleetFilePort) {
    this.#file = file
  }

  /** Nobody, while the list is there and cannot be read: then nobody is let in, and it is read anew the next time. */
  kept(): KeptFleet {
    try {
      return this.#read()
    } catch {
      return { viewers: [], machines: [] }
    }
  }

  #read(): KeptFleet {
    this.#kept ??= this.#file.read()
    return this.#kept
  }

  /** @throws StorageFailure, also where what is there cannot be read: it is not replaced */
  change(change: Partial<KeptFleet>): void {
    const next = { ...this.#read(), ...change }
    this.#file.write(next)
    this.#kept = next
  }

  sawViewer(id: string, atMs: number): void {
    const viewers = seen(this.kept().viewers, id, atMs)
    if (viewers) this.#note({ viewers })
  }

  sawMachine(id: string, atMs: number): void {
    const machines = seen(this.kept().machines, id, atMs)
    if (machines) this.#note({ machines })
  }

  /** A full disk loses when somebody was seen, and nothing else. */
  #note(change: Partial<KeptFleet>): void {
    try {
      this.change(change)
    } catch {
      this.#kept = { ...this.kept(), ...change }
    }
  }
}
