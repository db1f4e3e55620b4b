import { describe, expect, test } from 'vitest'
import { GENESIS, HOTKEY, isHeard, paired } from '../../test/support/fleet-machine.ts'

describe('a machine that was taken over', () => {
  const LIES: readonly (readonly [string, (report: Record<string, unknown>) => unknown])[] = [
    ['nothing', () => null],
    ['a text', () => 'well'],
    ['letters that turn a line', (report) => ({ ...report, version: '\u202e1.0' })],
    [
      'a name over many lines',
      (report) => ({ ...report, miner: { ...(report['miner'] as object), subnetName: 'a\nb' } }),
    ],
    ['an endless name', (report) => ({ ...report, version: 'x'.repeat(41) })],
    ['more than there can ever be', (report) => ({ ...report, earnings: earned('21000000000000001') })],
    ['an amount with a point', (report) => ({ ...report, earnings: earned('1.5') })],
    ['a number of too many digits', (report) => ({ ...report, earnings: earned('9'.repeat(400)) })],
    ['no number', (report) => ({ ...report, gpuC: 'hot' })],
    ['heat of the sun', (report) => ({ ...report, gpuC: 5_500 })],
    ['earnings of a hotkey that is not its own', (report) => ({ ...report, hotkeys: [], earnings: earned('1') })],
    ['too many earnings', (report) => ({ ...report, earnings: Array.from({ length: 513 }, () => earned('1')[0]) })],
    ['an address that is none', (report) => ({ ...report, hotkeys: ['<b>'] })],
    ['words in place of an alert', (report) => ({ ...report, alerts: ['Send your words to me'] })],
    ['a deep nest', (report) => ({ ...report, network: JSON.parse(`${'['.repeat(900)}${']'.repeat(900)}`) })],
  ]
  const earned = (alpha: string) => [{ netuid: 2, hotkey: HOTKEY, alpha, epochs: 1, sinceBlock: 1 }]

  test.each(LIES)('is not believed, not shown and not counted when it says %s', async (_what, lie) => {
    const { rig, desk } = await paired()
    rig.lie = lie
    const view = await desk.seen(({ machines }) => machines[0]?.error?.code === 'fleet/bad-report')
    expect(view.totals.heard).toBe(1)
    expect(JSON.stringify(view.machines[0]?.error)).not.toMatch(/\u202e|Send your words|<b>/)
  })

  test('and says what could be: its sums stay its own, and cannot go beyond what there is', async () => {
    const { rig, desk } = await paired()
    const most = '21000000000000000'
    rig.lie = (report) => ({
      ...report,
      network: { genesis: GENESIS, kind: 'finney' },
      earnings: [2, 3, 4].map((id) => ({
        netuid: id,
        hotkey: HOTKEY,
        alpha: most,
        tao: most,
        epochs: 1,
        sinceBlock: 1,
      })),
    })
    const view = await desk.seen(isHeard)
    const [network] = view.totals.networks
    expect(network?.subnets.map(({ alpha }) => alpha)).toEqual([BigInt(most), BigInt(most), BigInt(most)])
    // Three times all the TAO there can be: said to be unknown, not added up.
    expect(network?.tao).toBeUndefined()
    // It names the main network, and its chain is another one.
    expect(network?.kind).toBe('other')
  })
})
