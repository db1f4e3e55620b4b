import { join } from 'node:path'
import { type BatteryReading, type Reading, unknown } from '../../shared/care/readings.ts'
import { namesIn, plainNumberOf, textOf } from './sys-files.ts'

const SOURCE = 'the system'

interface Supply {
  readonly type: string
  readonly online: boolean
  readonly discharging: boolean
  readonly chargePercent: number | undefined
}

/** Of the whole computer; the battery of a mouse or a headset has the scope `Device`. */
async function supplyIn(folder: string): Promise<Supply | undefined> {
  const type = await textOf(join(folder, 'type'))
  const scope = await textOf(join(folder, 'scope'))
  if (!type.ok || (scope.ok && scope.text === 'Device')) return undefined
  if ((await plainNumberOf(join(folder, 'present'))) === 0) return undefined
  const status = await textOf(join(folder, 'status'))
  return {
    type: type.text,
    // 2: online, with a voltage that the device chose.
    online: ((await plainNumberOf(join(folder, 'online'))) ?? 0) > 0,
    discharging: status.ok && status.text === 'Discharging',
    chargePercent: await plainNumberOf(join(folder, 'capacity')),
  }
}

/** @source Documentation/ABI/testing/sysfs-class-power of Linux */
export async function batteryOf(sys: string, nowMs: number): Promise<Reading<BatteryReading>> {
  const base = join(sys, 'class', 'power_supply')
  const names = await namesIn(base)
  if (!names) return unknown(SOURCE, 'not-offered')
  const supplies = (await Promise.all(names.map((name) => supplyIn(join(base, name))))).filter(
    (one) => one !== undefined,
  )
  const batteries = supplies.filter(({ type }) => type === 'Battery' || type === 'UPS')
  const sources = supplies.filter(({ type }) => type !== 'Battery' && type !== 'UPS')
  const known = (value: BatteryReading) => ({ state: 'known', value, source: SOURCE, atMs: nowMs }) as const
  const [first] = batteries
  if (!first) return known({ onBattery: false })
  // A weak charger is online while the battery drains: the computer is plugged in all the same.
  const pluggedIn = sources.some(({ online }) => online)
  const drains = batteries.some(({ discharging }) => discharging) || sources.length > 0
  const charge = first.chargePercent === undefined ? {} : { chargePercent: first.chargePercent }
  return known({ onBattery: !pluggedIn && drains, ...charge })
}
