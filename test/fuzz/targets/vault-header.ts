import { cheapSeal } from '../../../electron/keys/fixtures/cheap-seal.ts'
import { isVaultFile, needsMigration, openVaultFile } from '../../../electron/keys/worker/vault-file.ts'
import type { Dice } from '../dice.ts'
import { spoiledBytes } from '../mutate.ts'
import { Finding, SECRET_PASSWORD, type Target } from '../target.ts'
import { secretSource, told, utf8 } from './keyfiles.ts'

/** Passes times KiB of what is really stretched here; dearer headers are looked at and left. */
const CHEAP_STEPS = 2_048
/** What a header may ask for at most: as much as one `$NACL` file always asks for. Passes times KiB. */
const MOST_STEPS = 8 * 524_288

function costIn(file: Uint8Array): { readonly passes: number; readonly memoryKib: number } | undefined {
  if (!isVaultFile(file) || file.length <= 74 || file[8] !== 1 || file[9] !== 1) return undefined
  const view = new DataView(file.buffer, file.byteOffset, file.length)
  return { passes: view.getUint32(10, true), memoryKib: view.getUint32(14, true) }
}

/** Our own file: every header, and under cheap headers every content. */
export const vaultHeaders: Target = {
  name: 'vault-header',
  cases: 60_000,
  slice: 600,
  async prepare() {
    const password = utf8(SECRET_PASSWORD)
    const sealed = await cheapSeal(secretSource(), { password: { trimmed: password }, format: 'vault' })
    if (!sealed.ok) throw new Error('no vault file')
    const file = sealed.value
    return {
      make(dice: Dice) {
        if (dice.percent(60)) return spoiledBytes(file, dice)
        const changed = Uint8Array.from(file)
        const view = new DataView(changed.buffer)
        const numbers = [0, 1, 2, 7, 8, 9, 64, 65, 1_024, 65_536, 1_048_576, 1_048_577, 2 ** 31, 2 ** 32 - 1]
        if (dice.percent(70)) view.setUint32(10, dice.one(numbers), true)
        if (dice.percent(70)) view.setUint32(14, dice.one(numbers), true)
        if (dice.percent(20)) view.setUint8(8 + dice.below(2), dice.below(256))
        return changed
      },
      async run(input) {
        const changed = input as Uint8Array
        const migrates = needsMigration(changed)
        const cost = costIn(changed)
        const steps = cost ? cost.passes * cost.memoryKib : 0
        // One that would be refused, and one that is cheap, is opened; in between time is spent, by design.
        const isDear = steps > CHEAP_STEPS && steps <= MOST_STEPS && (cost?.passes ?? 0) <= 64
        if (isDear && (cost?.memoryKib ?? 0) <= 1_048_576) return [migrates, 'would be stretched']
        const opened = await openVaultFile(changed, 'coldkey', { password })
        if (opened.ok && !Buffer.from(changed).equals(Buffer.from(file))) throw new Finding('a changed file was opened')
        return [migrates, opened.ok ? told({ ok: true, value: opened.value.source }) : opened.error]
      },
    }
  },
}
