import { describe, expect, it } from 'vitest'
import { BadArgument, readArguments } from './arguments.ts'

describe('arguments of the practice network', () => {
  it('have defaults', () => {
    const switches = { validator: true, limitOrders: false, rootHoldBlocks: 0 }
    expect(readArguments([])).toEqual({ port: 0, blockMs: 2_000, folder: undefined, seed: undefined, ...switches })
  })

  it('are read', () => {
    const args = ['--port', '9944', '--block-ms', '250', '--data', 'here', '--seed', '7', '--no-validator']
    const switches = { validator: false, limitOrders: true, rootHoldBlocks: 30 }
    const read = readArguments([...args, '--limit-orders', '--root-hold', '30'])
    expect(read).toEqual({ port: 9944, blockMs: 250, folder: 'here', seed: 7, ...switches })
  })

  it.each([
    [['--port', '70000'], '--port takes a whole number from 0 to 65535'],
    [['--port', '-1'], "'--port' argument is ambiguous"],
    [['--block-ms', '5'], '--block-ms takes a whole number from 20 to 60000'],
    [['--seed', '1e3'], '--seed takes a whole number from 0 to 4294967295'],
    [['--data', ''], '--data takes a folder'],
    [['--colour', 'red'], "Unknown option '--colour'"],
    [['extra'], "Unexpected argument 'extra'"],
  ])('refuses %j', (args, text) => {
    expect(() => readArguments(args)).toThrow(BadArgument)
    expect(() => readArguments(args)).toThrow(text)
  })
})
