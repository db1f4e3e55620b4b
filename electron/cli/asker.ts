import type { WireReply } from '../host/router.ts'

/** Where the answers come from: a running host, or one inside this process. */
export interface Asker {
  call(name: string, raw: unknown): Promise<WireReply>
  /** @returns a function that ends the subscription. */
  subscribe(name: string, raw: unknown, on: { reply(reply: WireReply): void; value(value: unknown): void }): () => void
  close(): Promise<void>
}
