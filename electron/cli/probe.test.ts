import { describe, expect, test } from 'vitest'
import { probeArguments } from './probe.ts'

describe('taoforge probe', () => {
  test('takes an address of the internet, and the usual port', () => {
    expect(probeArguments(['--address', '8.8.4.4'])).toEqual({
      ok: true,
      value: { address: '8.8.4.4', family: 4, port: 8092, lan: false },
    })
    expect(probeArguments(['--address', '192.168.1.4', '--lan', '--port', '0'])).toMatchObject({
      value: { address: '192.168.1.4', port: 0, lan: true },
    })
  })

  test.each([
    [[]],
    [['--address', 'home']],
    [['--address', '192.168.1.4']],
    [['--address', '8.8.4.4', '--port', '70000']],
    [['--loud']],
  ])('refuses %j', (argv) => expect(probeArguments(argv)).toMatchObject({ ok: false }))
})
