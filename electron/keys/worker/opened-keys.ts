import { type Keypair, wipePair } from './keypair.ts'

interface Opened {
  readonly pair: Keypair
  readonly hasWords: boolean
}

/** Secrets of this process, by a name of the caller's. They are wiped when dropped, and gone with the process. */
export class OpenedKeys {
  readonly #keys = new Map<string, Opened>()

  get(name: string): Opened | undefined {
    return this.#keys.get(name)
  }

  keep(name: string, opened: Opened): void {
    this.drop(name)
    this.#keys.set(name, opened)
  }

  drop(name: string): void {
    const opened = this.#keys.get(name)
    if (opened) wipePair(opened.pair)
    this.#keys.delete(name)
  }

  rename(from: string, to: string): void {
    const opened = this.#keys.get(from)
    this.#keys.delete(from)
    if (opened) this.#keys.set(to, opened)
  }

  names(): readonly string[] {
    return [...this.#keys.keys()]
  }
}
