import { z } from 'zod'
import { contract } from '../../shared/contract/contract.ts'
import type { Channel } from '../../shared/contract/define.ts'
import { EARNINGS_HELP } from './earnings.ts'
import { FLEET_HELP } from './fleet.ts'
import { LOGS_HELP } from './logs.ts'
import { MINE_HELP } from './mine-go.ts'
import { REGISTER_HELP } from './mine-register.ts'
import { WATCH_HELP } from './mine-watch.ts'
import { PROBE_HELP } from './probe.ts'
import { PROFIT_HELP } from './profit.ts'

/** What goes over the wire, as short text: `{ amount: decimal text, rao; netuid: netuid }`. */
function shapeText(schema: z.ZodType): string {
  const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', override: nameWireTypes }) as JsonShape
  return textOf(json)
}

interface JsonShape {
  readonly type?: string
  readonly wireType?: string
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly properties?: Readonly<Record<string, JsonShape>>
  readonly required?: readonly string[]
  readonly items?: JsonShape
  readonly anyOf?: readonly JsonShape[]
  readonly oneOf?: readonly JsonShape[]
  readonly additionalProperties?: JsonShape | boolean
}

const nameWireTypes = ({ zodSchema, jsonSchema }: { zodSchema: unknown; jsonSchema: unknown }): void => {
  const named = z.globalRegistry.get(zodSchema as z.ZodType)?.['wireType']
  if (typeof named === 'string') (jsonSchema as { wireType?: string }).wireType = named
}

function textOf(shape: JsonShape): string {
  if (shape.wireType) return shape.wireType
  if (shape.const !== undefined) return JSON.stringify(shape.const)
  if (shape.enum) return shape.enum.map((value) => JSON.stringify(value)).join(' | ')
  const choices = shape.anyOf ?? shape.oneOf
  if (choices) return choices.map(textOf).join(' | ')
  if (shape.type === 'array') return `[${textOf(shape.items ?? {})}]`
  if (shape.properties) {
    const fields = Object.entries(shape.properties).map(
      ([name, field]) => `${name}${shape.required?.includes(name) ? '' : '?'}: ${textOf(field)}`,
    )
    return fields.length === 0 ? '{}' : `{ ${fields.join('; ')} }`
  }
  return shape.type ?? 'any'
}

function channelText(name: string, channel: Channel): string {
  return [
    `${name}  (${channel.kind}${channel.reach === 'desktop' ? ', desktop only' : ''})`,
    `    ${channel.says}`,
    `    in:  ${shapeText(channel.input)}`,
    `    out: ${shapeText(channel.output)}`,
  ].join('\n')
}

const HEAD = `taoforge <channel> [json] [--data DIR] [--network NAME] [--follow]

Prints one JSON line: {"ok":true,"value":…} or {"ok":false,"error":{"code":…}}; exit code 0 or 1.
An error is also said in words on stderr: what happened, why, and what to do.
--network  practice, finney, test, local, or a ws:// or wss:// address
--accept-licence NAME  with models.download: the licence that models.licence shows was read and is agreed to
--data     data folder; where a host runs for it (npm run headless), that host answers
--follow   subscriptions: every value, until interrupted; default: the first one with data
Secrets never go into arguments: set TAOFORGE_WORDS, TAOFORGE_SECRET, TAOFORGE_SOURCE_PASSWORD, TAOFORGE_PASSWORD,
TAOFORGE_NEW_PASSWORD, or pipe in those that a channel needs, a line each, in this order. What a channel can do without,
TAOFORGE_ACCOUNT_PASSWORD and TAOFORGE_API_KEY among it: variable only.
Amounts are decimal text in the smallest unit (1 TAO = 1000000000 rao). Practice money is answered with "unit":"play".
`

/** Every channel with its kind, input and output. */
export const helpText = (): string =>
  `${HEAD}\n${MINE_HELP}\n\n${REGISTER_HELP}\n\n${WATCH_HELP}\n\n${PROBE_HELP}\n${LOGS_HELP}\n${EARNINGS_HELP}\n${FLEET_HELP}\n${PROFIT_HELP}\n${Object.entries(
    contract,
  )
    .map(([name, channel]) => channelText(name, channel))
    .join('\n\n')}\n`
