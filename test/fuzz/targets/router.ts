import { createRouter } from '../../../electron/host/router.ts'
import { type AppContract, contract, type Handlers } from '../../../shared/contract/contract.ts'
import type { Channel } from '../../../shared/contract/define.ts'
import { err } from '../../../shared/result.ts'
import type { Dice } from '../dice.ts'
import { FromSchema } from '../from-schema.ts'
import { jsonOf, junk, spoiledStructure, spoiledText } from '../mutate.ts'
import { Finding, type Target } from '../target.ts'

export interface Ask {
  readonly name: string
  readonly raw: unknown
}

export const CHANNELS: readonly (readonly [string, Channel])[] = Object.entries(contract)
const schemas = new FromSchema()

/** An ask of any channel: right, nearly right, or noise. As JSON gives it in one half, as structured clone in the other. */
export function anyAsk(dice: Dice, channels: readonly (readonly [string, Channel])[]): Ask {
  const [known, { input }] = dice.one(channels)
  const name = dice.percent(97)
    ? known
    : dice.percent(50)
      ? spoiledText(known, dice)
      : dice.one(['__proto__', 'constructor', ''])
  const right = schemas.make(input, dice)
  const way = dice.below(10)
  const raw = way === 0 ? junk(dice) : way < 4 ? right : spoiledStructure(right, dice)
  return { name, raw: dice.percent(50) ? throughJson(raw) : raw }
}

const throughJson = (value: unknown): unknown => {
  const json = jsonOf(value)
  return json === '' ? undefined : JSON.parse(json)
}

/** Every channel of the contract; handlers refuse, so that this is about the door alone. */
export const router: Target = {
  name: 'router',
  cases: 200_000,
  slice: 3_000,
  async prepare() {
    const refuse = async () => err({ code: 'keys/locked' } as const)
    const handlers = Object.fromEntries(
      CHANNELS.map(([name, { kind }]) => [name, kind === 'subscription' ? () => undefined : refuse]),
    ) as unknown as Handlers<AppContract>
    const door = createRouter(contract, handlers, (cause) => {
      throw new Finding(`thrown behind the router: ${String(cause)}`)
    })
    return {
      make: (dice: Dice) => ({ ...anyAsk(dice, CHANNELS), reach: dice.one(['anywhere', 'desktop']) }),
      async run(input) {
        const { name, raw, reach } = input as Ask & { reach: 'anywhere' | 'desktop' }
        const gone = new AbortController()
        const reply = await door.call(name, raw, reach, gone.signal)
        const stream = door.subscribe({ name, raw, reach }, () => undefined, gone.signal)
        gone.abort()
        if (reply.ok) throw new Finding('a channel answered without a handler')
        // The name of a channel that does not exist is repeated; it is no place for a secret.
        return [reply.error, stream]
      },
    }
  },
}
