import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { z } from 'zod'
import type { EnergyDay } from '../../shared/care/power.ts'

const amount = z.number().min(0).max(1e12)
const energyDay = z.object({
  day: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
  wattHours: amount,
  miningWattHours: amount,
  coveredMs: amount,
  miningCoveredMs: amount,
  partial: z.boolean(),
})
const book = z.object({ version: z.literal(1), days: z.array(energyDay).readonly() })

/** Nothing before the first day; a file that cannot be read is kept beside, under another name. */
export async function readEnergyDays(file: string): Promise<readonly EnergyDay[]> {
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch {
    return []
  }
  try {
    return book.parse(JSON.parse(text)).days
  } catch {
    await rename(file, `${file}.unreadable`).catch(() => undefined)
    return []
  }
}

/** Written whole beside its place, brought to the disk, and then put in its place: a power cut leaves the old or the new one. */
export async function writeEnergyDays(file: string, days: readonly EnergyDay[]): Promise<boolean> {
  const fresh = `${file}.new`
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 })
    const handle = await open(fresh, 'w', 0o600)
    try {
      await handle.writeFile(JSON.stringify({ version: 1, days }))
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(fresh, file)
    return true
  } catch {
    await rm(fresh, { force: true }).catch(() => undefined)
    return false
  }
}
