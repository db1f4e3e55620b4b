import type { FromWorker, ToWorker } from '../messages.ts'

/** An answer is worth more than its signature: longer than this is not waited for one, ms. */
const PATIENCE_MS = 1_000

/** Has texts signed with the hotkey by the host: no key comes into this process. */
export class RemoteSigner {
  readonly #send: (message: FromWorker) => void
  readonly #pending = new Map<number, (signature: string | undefined) => void>()
  #nextId = 1

  constructor(send: (message: FromWorker) => void) {
    this.#send = send
  }

  /** @returns `undefined` where the host refuses or is too slow */
  sign(text: string): Promise<string | undefined> {
    const id = this.#nextId++
    return new Promise((resolve) => {
      const end = (signature: string | undefined) => {
        clearTimeout(timer)
        this.#pending.delete(id)
        resolve(signature)
      }
      const timer = setTimeout(end, PATIENCE_MS, undefined)
      this.#pending.set(id, end)
      this.#send({ kind: 'sign', id, text })
    })
  }

  receive({ id, signature }: Extract<ToWorker, { kind: 'signed' }>): void {
    this.#pending.get(id)?.(signature)
  }
}
