import type { Intent } from '../../../../shared/signing/intent.ts'
import { asAddress, asAlpha, asFlag, asNetuid } from '../answer.ts'
import { badAnswer } from '../failure.ts'
import type { ReadCall } from './read-call.ts'

/** Typed access to the arguments of one call. */
export class Args {
  readonly #call: ReadCall
  constructor(call: ReadCall) {
    this.#call = call
  }

  of<T>(name: string, as: (value: unknown, what: string) => T): T {
    return as(this.#find(name).value, this.#what(name))
  }
  inner(name: string): readonly ReadCall[] {
    return this.#find(name).calls ?? badAnswer(this.#what(name))
  }
  has(name: string): boolean {
    return this.#find(name).value !== undefined
  }

  #find(name: string) {
    return this.#call.args.find((argument) => argument.name === name) ?? badAnswer(this.#what(name))
  }
  #what(name: string): string {
    return `${this.#call.name}.${name}`
  }
}

export type Reader = (args: Args) => Intent | undefined

export const trade = (args: Args) => ({ hotkey: args.of('hotkey', asAddress), netuid: args.of('netuid', asNetuid) })
export const move = (args: Args) => ({
  fromNetuid: args.of('origin_netuid', asNetuid),
  toNetuid: args.of('destination_netuid', asNetuid),
  amount: args.of('alpha_amount', asAlpha),
})
export const limited = (args: Args) => (args.of('allow_partial', asFlag) ? { allowPartial: true } : {})
