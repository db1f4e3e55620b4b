import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { PowerPart } from '../../shared/care/readings.ts'
import { nodeCare } from './node-care.ts'
import { nvidiaSmi } from './nvidia-smi.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'taoforge-care-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** Files of a kernel, as it writes them: one line with its end. */
function sys(files: Readonly<Record<string, string | number>>): void {
  for (const [path, text] of Object.entries(files)) {
    const file = join(folder, 'sys', 'class', path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, `${text}\n`)
  }
}

/** A program of the name, found before any other. */
function program(name: string, script: string): void {
  const file = join(folder, 'bin', name)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, `#!/bin/sh\n${script}\n`)
  chmodSync(file, 0o755)
}

let clockMs = 1_000_000
const env = () => ({ PATH: `${join(folder, 'bin')}:/usr/bin:/bin` })
const care = (platform: NodeJS.Platform = 'linux') =>
  nodeCare({
    energyFile: join(folder, 'energy.json'),
    nowMs: () => clockMs,
    platform,
    sys: join(folder, 'sys'),
    env: env(),
  })
const wattsOf = (parts: readonly PowerPart[]) =>
  Object.fromEntries(parts.map((part) => [part.name, 'watts' in part ? part.watts : part.why]))

const TWO_CARDS = `echo '0, 64, 182.41, 97, 20480, 24564, NVIDIA GeForce RTX 4090'
echo '1, [N/A], [Not Supported], [N/A], [N/A], [N/A], Tesla K80, old'`

describe('nvidia-smi', () => {
  test('tells each card; what a card does not tell is unknown', async () => {
    program('nvidia-smi', TWO_CARDS)
    const { gpus, power } = await care().read()
    expect(gpus).toMatchObject({
      state: 'known',
      source: 'nvidia-smi',
      value: [
        {
          name: 'GPU 0',
          model: 'NVIDIA GeForce RTX 4090',
          temperatureC: 64,
          watts: 182.41,
          usedPercent: 97,
          memoryUsedBytes: 20_480 * 1024 ** 2,
          memoryTotalBytes: 24_564 * 1024 ** 2,
        },
        { name: 'GPU 1', model: 'Tesla K80, old', temperatureC: undefined, watts: undefined },
      ],
    })
    expect(wattsOf(power)).toMatchObject({ 'GPU 0': 182.41, 'GPU 1': 'not-offered' })
  })

  test('is asked for what it is documented to tell, in the numbers of the world', async () => {
    program('nvidia-smi', `test "$LC_ALL" = C && echo "0, 1, 2, 3, 4, 5, $*"`)
    const { gpus } = await care().read()
    expect(gpus).toMatchObject({
      value: [
        {
          model:
            '--query-gpu=index,temperature.gpu,power.draw,utilization.gpu,memory.used,memory.total,name --format=csv,noheader,nounits',
        },
      ],
    })
  })

  test.each([
    ['no-device', 'echo "No devices were found"; exit 6'],
    ['no-answer', 'echo "NVIDIA-SMI has failed because it couldn\'t communicate with the NVIDIA driver."; exit 9'],
    ['not-understood', 'echo "something else"'],
    ['no-answer', 'yes 0123456789'],
  ])('%s where it says: %s', async (why, script) => {
    program('nvidia-smi', script)
    expect((await care().read()).gpus).toEqual({ state: 'unknown', source: 'nvidia-smi', why })
  })

  test('is not there', async () => {
    mkdirSync(join(folder, 'bin'))
    const { gpus, power } = await nodeCare({
      energyFile: '',
      nowMs: () => 0,
      platform: 'linux',
      sys: folder,
      env: { PATH: join(folder, 'bin') },
    }).read()
    expect(gpus).toMatchObject({ why: 'no-tool' })
    expect(wattsOf(power)).toEqual({ processor: 'not-offered' })
  })

  test('that hangs is given up, and no second one is started beside it while it lives', async () => {
    program('nvidia-smi', `echo x >> ${join(folder, 'starts')}; exec sleep 30`)
    const tool = nvidiaSmi(env(), 200)
    const [first, second] = await Promise.all([tool.read(0), tool.read(0)])
    expect([first, second]).toMatchObject([{ why: 'no-answer' }, { why: 'no-answer' }])
    program('nvidia-smi', TWO_CARDS)
    // The killed one has to be gone first.
    await vi.waitFor(async () => expect(await tool.read(0)).toMatchObject({ state: 'known' }), 10_000)
  })
})

describe('processor', () => {
  test.each<[string, Record<string, string | number>, number, string]>([
    [
      'the hottest core of Intel',
      {
        'hwmon/hwmon0/name': 'acpitz',
        'hwmon/hwmon0/temp1_input': 99_000,
        'hwmon/hwmon3/name': 'coretemp',
        'hwmon/hwmon3/temp1_input': 61_000,
        'hwmon/hwmon3/temp1_label': 'Package id 0',
        'hwmon/hwmon3/temp2_input': 63_500,
      },
      63.5,
      'coretemp',
    ],
    [
      'the true one of two of AMD',
      {
        'hwmon/hwmon1/name': 'k10temp',
        'hwmon/hwmon1/temp1_input': 81_125,
        'hwmon/hwmon1/temp1_label': 'Tctl',
        'hwmon/hwmon1/temp2_input': 61_125,
        'hwmon/hwmon1/temp2_label': 'Tdie',
      },
      61.125,
      'k10temp',
    ],
    [
      'Tctl where it is all there is',
      { 'hwmon/hwmon1/name': 'k10temp', 'hwmon/hwmon1/temp1_input': 70_000, 'hwmon/hwmon1/temp1_label': 'Tctl' },
      70,
      'k10temp',
    ],
    [
      'a thermal zone, of the processor only',
      {
        'thermal/thermal_zone0/type': 'acpitz',
        'thermal/thermal_zone0/temp': 27_800,
        'thermal/thermal_zone1/type': 'x86_pkg_temp',
        'thermal/thermal_zone1/temp': 52_000,
      },
      52,
      'thermal zone',
    ],
  ])('%s', async (_name, files, value, source) => {
    sys(files)
    expect((await care().read()).processorC).toEqual({ state: 'known', value, source, atMs: clockMs })
  })

  test('without a sensor it is unknown', async () =>
    expect((await care().read()).processorC).toMatchObject({ state: 'unknown', why: 'not-offered' }))
})

describe('power', () => {
  const zone = (id: string, name: string, energy: number) => ({
    [`powercap/${id}/name`]: name,
    [`powercap/${id}/energy_uj`]: energy,
    [`powercap/${id}/max_energy_range_uj`]: 262_143_328_850,
  })

  test('counters of energy become watts with the second look, over the end of their range, too', async () => {
    const counters = (first: number, second: number, memory: number) =>
      sys({
        'powercap/intel-rapl/enabled': 1,
        ...zone('intel-rapl:0', 'package-0', first),
        ...zone('intel-rapl:0:0', 'core', 1),
        ...zone('intel-rapl:0:1', 'dram', memory),
        ...zone('intel-rapl:1', 'package-1', second),
        ...zone('intel-rapl:2', 'psys', 1),
        ...zone('intel-rapl-mmio:0', 'package-0', 1),
      })
    counters(1_000_000, 262_143_328_850 - 100_000_000, 0)
    const reader = care()
    expect(wattsOf((await reader.read()).power)).toEqual({
      'processor package 0': 'first-look',
      'memory of package 0': 'first-look',
      'processor package 1': 'first-look',
    })
    clockMs += 5_000
    // 300 J in 5 s; 100 J to the end of the range and 150 J after it; the memory's counter was set back far beyond that.
    counters(301_000_000, 150_000_000, -1)
    expect(wattsOf((await reader.read()).power)).toEqual({
      'processor package 0': 60,
      'memory of package 0': 'first-look',
      'processor package 1': 50,
    })
    clockMs += 3_600_000
    counters(302_000_000, 151_000_000, 5)
    expect(wattsOf((await reader.read()).power)['processor package 0']).toBe('first-look')
  })

  test('counters that only root may read are unknown, and that is the reason', async () => {
    sys(zone('intel-rapl:0', 'package-0', 5))
    rmSync(join(folder, 'sys/class/powercap/intel-rapl:0/energy_uj'))
    // A folder in place of the file: this test may run as root, to whom nothing is closed.
    mkdirSync(join(folder, 'sys/class/powercap/intel-rapl:0/energy_uj'))
    expect(wattsOf((await care().read()).power)).toEqual({ 'processor package 0': 'no-answer' })
  })

  test('a card of AMD tells by itself; a chip with both is counted once', async () => {
    const card = (id: string, watts: number) => ({
      [`hwmon/${id}/name`]: 'amdgpu',
      [`hwmon/${id}/temp1_input`]: 58_000,
      [`hwmon/${id}/temp1_label`]: 'edge',
      [`hwmon/${id}/temp2_input`]: 74_000,
      [`hwmon/${id}/temp2_label`]: 'junction',
      [`hwmon/${id}/power1_average`]: watts,
    })
    sys({
      ...card('hwmon2', 203_000_000),
      'hwmon/hwmon2/power1_cap': 300_000_000,
      'hwmon/hwmon2/device/gpu_busy_percent': 88,
      'hwmon/hwmon2/device/mem_info_vram_total': 17_163_091_968,
      ...card('hwmon4', 35_000_000),
    })
    const { gpus, power } = await care().read()
    expect(gpus).toMatchObject({
      source: 'amdgpu',
      value: [
        { name: 'AMD GPU 0', temperatureC: 58, usedPercent: 88, memoryTotalBytes: 17_163_091_968 },
        { watts: 35 },
      ],
    })
    expect(wattsOf(power)).toEqual({ 'AMD GPU 0': 203, 'processor with graphics': 35 })
    sys(zone('intel-rapl:0', 'package-0', 1))
    expect(wattsOf((await care().read()).power)).toEqual({ 'AMD GPU 0': 203, 'processor package 0': 'first-look' })
  })
})

describe('battery', () => {
  const laptop = (online: number, status: string) => ({
    'power_supply/AC/type': 'Mains',
    'power_supply/AC/online': online,
    'power_supply/BAT0/type': 'Battery',
    'power_supply/BAT0/present': 1,
    'power_supply/BAT0/status': status,
    'power_supply/BAT0/capacity': 41,
    'power_supply/hidpp_battery_0/type': 'Battery',
    'power_supply/hidpp_battery_0/scope': 'Device',
    'power_supply/hidpp_battery_0/status': 'Discharging',
  })
  test.each<[string, Record<string, string | number>, object]>([
    ['on its battery', laptop(0, 'Discharging'), { onBattery: true, chargePercent: 41 }],
    ['plugged in', laptop(1, 'Charging'), { onBattery: false, chargePercent: 41 }],
    ['plugged into a weak charger', laptop(1, 'Discharging'), { onBattery: false, chargePercent: 41 }],
    [
      'charged by USB only',
      {
        ...laptop(0, 'Charging'),
        'power_supply/ucsi-source-psy-1/type': 'USB',
        'power_supply/ucsi-source-psy-1/online': 1,
      },
      { onBattery: false, chargePercent: 41 },
    ],
    [
      'a battery alone, which drains',
      { 'power_supply/BAT1/type': 'Battery', 'power_supply/BAT1/status': 'Discharging' },
      { onBattery: true },
    ],
    ['a mouse only', { 'power_supply/m/type': 'Battery', 'power_supply/m/scope': 'Device' }, { onBattery: false }],
  ])('%s', async (_name, files, value) => {
    sys(files)
    expect((await care().read()).battery).toMatchObject({ state: 'known', value })
  })

  test('is unknown where the system keeps no list of supplies, unless the desktop knows', async () => {
    expect((await care().read()).battery).toMatchObject({ state: 'unknown', why: 'not-offered' })
    const desktop = { onBattery: () => true, idleSeconds: () => 12 }
    const options = { energyFile: '', nowMs: () => clockMs, sys: folder, env: env() }
    for (const platform of ['linux', 'win32'] as const)
      expect(await nodeCare({ ...options, platform, desktop }).read()).toMatchObject({
        battery: { state: 'known', value: { onBattery: true }, source: 'the desktop' },
        idleMs: { state: 'known', value: 12_000 },
      })
    expect((await nodeCare({ ...options, platform: 'linux' }).read()).idleMs).toMatchObject({ state: 'unknown' })
  })
})

describe('macOS', () => {
  test('tells battery and input by its own programs, and keeps heat and watts to itself', async () => {
    program(
      'pmset',
      `printf "Now drawing from 'Battery Power'\\n -InternalBattery-0 (id=4653155)\\t85%%; discharging; 4:32 remaining present: true\\n"`,
    )
    program('ioreg', `printf '    | |   "HIDIdleTime" = 3214000000\\n    | |   "HIDIdleTime" = 92214000000\\n'`)
    expect(await care('darwin').read()).toMatchObject({
      battery: { state: 'known', value: { onBattery: true, chargePercent: 85 }, source: 'pmset' },
      idleMs: { state: 'known', value: 3214, source: 'ioreg' },
      processorC: { state: 'unknown', why: 'not-permitted' },
      power: [{ name: 'processor', why: 'not-permitted' }],
    })
  })

  test('mains, and an answer that is none', async () => {
    program('pmset', `echo "Now drawing from 'AC Power'"`)
    program('ioreg', 'echo nothing')
    expect(await care('darwin').read()).toMatchObject({
      battery: { value: { onBattery: false } },
      idleMs: { why: 'not-understood' },
    })
  })
})

describe('the books of energy', () => {
  const day = { day: '2026-11-22', wattHours: 5, miningWattHours: 4, coveredMs: 3, miningCoveredMs: 2, partial: true }
  test('come back as they were written', async () => {
    expect(await care().energyDays()).toEqual([])
    expect(await care().saveEnergyDays([day])).toBe(true)
    expect(await care().energyDays()).toEqual([day])
  })

  test.each(['', '{"version":1,"days":[{"day":"x"}]}', '{"version":2,"days":[]}'])(
    'that cannot be read (%s) are put aside, and begin anew',
    async (text) => {
      writeFileSync(join(folder, 'energy.json'), text)
      expect(await care().energyDays()).toEqual([])
      expect(await care().saveEnergyDays([day])).toBe(true)
      expect(await care().energyDays()).toEqual([day])
    },
  )

  test('that cannot be written stay as they were', async () => {
    mkdirSync(join(folder, 'energy.json'))
    expect(await care().saveEnergyDays([day])).toBe(false)
  })
})
