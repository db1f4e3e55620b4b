import { randomBytes } from 'node:crypto'
import { openKeySource } from '../../../electron/keys/worker/open-keyfile.ts'
import { openSecretText } from '../../../electron/keys/worker/secret-text.ts'
import { sealVaultFile } from '../../../electron/keys/worker/vault-file.ts'
import type { BenchCase } from '../case.ts'

const ROUNDS = 15
const utf8 = (text: string) => new TextEncoder().encode(text)

const median = (of: readonly number[]): number => [...of].sort((a, b) => a - b)[Math.floor(of.length / 2)] ?? 0

async function timed(file: Uint8Array, password: string): Promise<number> {
  const before = process.cpuUsage()
  await openKeySource(file, 'coldkey', { trimmed: utf8(password) })
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1_000
}

/**
 * A vault file at its least cost: the slower of a wrong and the right password over the quicker one, medians of processor time in turns, so that other
 * programs disturb both alike. Tests count the work; this is the clock's own opinion of it.
 */
export const passwordTiming: BenchCase = {
  name: 'password-timing',
  unit: 'ratio',
  target: 1.05,
  better: 'lower',
  async run() {
    const source = openSecretText(utf8(randomBytes(32).toString('hex')), { cryptoType: 'sr25519' })
    if (!source.ok) throw new Error(source.error.code)
    const sealed = await sealVaultFile(source.value, { password: utf8('the right password'), createdAtMs: 0 })
    if (!sealed.ok) throw new Error(sealed.error.code)
    const [right, wrong]: [number[], number[]] = [[], []]
    for (let round = 0; round < ROUNDS; round += 1) {
      right.push(await timed(sealed.value, 'the right password'))
      wrong.push(await timed(sealed.value, 'a wrong password, too'))
    }
    const ratio = median(wrong) / median(right)
    return Math.max(ratio, 1 / ratio)
  },
}
