import { expect } from 'vitest'
import { type CliAnswer, taoforge } from '../support/running-host.ts'

type Given = Parameters<typeof taoforge>[1]
export interface Decoded {
  readonly call: string
  readonly args: readonly { readonly name: string; readonly value: string }[]
}
export interface Record<O> {
  readonly stage: string
  readonly outcome: O
}
/** What the chain's own events say of moves of stake. */
export interface Moved {
  readonly event: string
  readonly netuid: number
  readonly hotkey: string
  readonly tao: string
  readonly alpha: string
}
export interface Position {
  readonly netuid: number
  readonly hotkey: string
  readonly alpha: string
  readonly valueAtSpot?: string
}
export const PASSWORD = { TAOFORGE_PASSWORD: 'a long enough one' }

/** A person or a script at a terminal: every question is a process of its own, against the host of this data folder. */
export class Terminal {
  readonly #data: string
  constructor(data: string) {
    this.#data = data
  }

  ask = (channel: string, input: object = {}, given: Given = {}): Promise<CliAnswer> =>
    taoforge([channel, JSON.stringify(input), '--data', this.#data], given)

  /** The value of what must succeed. */
  async must<T>(channel: string, input: object = {}, given: Given = {}): Promise<T> {
    const answer = await this.ask(channel, input, given)
    if (!answer.json.ok) throw new Error(`${channel}: ${JSON.stringify(answer.json)}`)
    expect(answer.exit).toBe(0)
    return answer.json.value as T
  }

  /** One line with this code, exit code 1, and to a person what happened, why, and what to do. */
  async refused(channel: string, input: object, code: string): Promise<void> {
    const answer = await this.ask(channel, input)
    expect([channel, input, answer.json]).toMatchObject([channel, input, { ok: false, error: { code } }])
    expect(answer.exit).toBe(1)
    expect(answer.lines).toHaveLength(1)
    expect(answer.said).toMatch(/^[^\n]+\. [^\n]+\. [^\n]+\.\n$/)
  }

  /** Prepared, signed and sent. @returns the call as it was decoded from the bytes, and what came of it */
  async carryOut<O>(plan: object): Promise<{ readonly decoded: Decoded; readonly outcome: O }> {
    const { preparedId, decoded } = await this.must<{ preparedId: string; decoded: Decoded }>('transaction.prepare', {
      plan,
    })
    const { outcome } = await this.must<Record<O>>('transaction.send', { preparedId })
    return { decoded, outcome }
  }

  async wallet(name: string, words: string, cryptoType?: string): Promise<string> {
    const { address } = await this.must<{ address: string }>(
      'wallet.importWords',
      cryptoType === undefined ? { name } : { name, cryptoType },
      { env: { ...PASSWORD, TAOFORGE_WORDS: words } },
    )
    return address
  }
  async become(name: string): Promise<void> {
    await this.must('wallet.select', { name })
    await this.must('wallet.unlock', { name }, { env: PASSWORD })
  }

  validators = async (netuid: number): Promise<readonly string[]> =>
    (await this.must<readonly { hotkey: string }[]>('subnets.validators', { netuid })).map(({ hotkey }) => hotkey)
  async held(coldkey: string): Promise<{ readonly free: bigint; readonly positions: readonly Position[] }> {
    const { free, positions } = await this.must<{ free: string; positions: readonly Position[] }>('portfolio.get', {
      coldkey,
    })
    return { free: BigInt(free), positions }
  }
}
