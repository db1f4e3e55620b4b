import { parseArgs } from 'node:util'

export interface PracticeArguments {
  readonly port: number
  readonly blockMs: number
  readonly folder: string | undefined
  readonly seed: number | undefined
  readonly validator: boolean
  readonly limitOrders: boolean
  readonly rootHoldBlocks: number
}

/** A bad argument; the text is for a person. */
export class BadArgument extends Error {}

/** In the app a block takes two seconds: quick to watch, light on two cores. */
const DEFAULT_BLOCK_MS = 2_000

function whole(name: string, text: string | undefined, range: readonly [number, number]): number | undefined {
  if (text === undefined) return undefined
  const [least, most] = range
  const value = /^\d{1,10}$/.test(text) ? Number(text) : -1
  if (value < least || value > most) throw new BadArgument(`--${name} takes a whole number from ${least} to ${most}`)
  return value
}

function parse(args: readonly string[]): Readonly<Record<string, string | boolean | undefined>> {
  const text = { type: 'string' } as const
  const flag = { type: 'boolean' } as const
  const options = {
    port: text,
    'block-ms': text,
    data: text,
    seed: text,
    'root-hold': text,
    'no-validator': flag,
    'limit-orders': flag,
  } as const
  try {
    return parseArgs({ args: [...args], options, allowPositionals: false }).values
  } catch (error) {
    throw new BadArgument(error instanceof Error ? error.message : 'bad arguments')
  }
}

/** Throws BadArgument. */
export function readArguments(args: readonly string[]): PracticeArguments {
  const values = parse(args)
  const text = (name: string): string | undefined => {
    const value = values[name]
    return typeof value === 'string' ? value : undefined
  }
  const folder = text('data')
  if (folder === '') throw new BadArgument('--data takes a folder')
  return {
    port: whole('port', text('port'), [0, 65_535]) ?? 0,
    blockMs: whole('block-ms', text('block-ms'), [20, 60_000]) ?? DEFAULT_BLOCK_MS,
    folder,
    seed: whole('seed', text('seed'), [0, 0xffff_ffff]),
    validator: values['no-validator'] !== true,
    limitOrders: values['limit-orders'] === true,
    rootHoldBlocks: whole('root-hold', text('root-hold'), [0, 1_000_000]) ?? 0,
  }
}
