import type { AppError } from '../../../shared/errors.ts'
import { err, type Result } from '../../../shared/result.ts'
import type { NewFormat } from '../wallet-operations.port.ts'
import type { TypedPassword } from '../wire-parts.ts'
import type { KdfCost } from './argon.ts'
import type { KeySource } from './key-source.ts'
import { sealNaclKeyfile } from './open-keyfile.ts'
import { calibratedCost } from './vault-cost.ts'
import { sealVaultFile } from './vault-file.ts'
import type { WorkMeter } from './work-meter.ts'

/** btwallet demands 6; the salt of its format is the same for everybody, so a little more is asked for here. */
const MINIMUM_PASSWORD_LENGTH = 8

export interface Sealing {
  readonly password: TypedPassword
  readonly format: NewFormat
}

/** Encrypts a key for the disk. @errors keys/weak-password, keys/not-enough-memory */
export type Seal = (source: KeySource, sealing: Sealing) => Promise<Result<Uint8Array, AppError>>

/** @errors keys/weak-password: too short, or one character again and again. */
export function passwordError({ trimmed }: TypedPassword): AppError | undefined {
  const text = new TextDecoder().decode(trimmed)
  const weak = [...text].length < MINIMUM_PASSWORD_LENGTH || new Set(text).size < 2
  return weak ? { code: 'keys/weak-password', minimumLength: MINIMUM_PASSWORD_LENGTH } : undefined
}

/** @returns seals with a cost that takes this computer about 0.7 s; measured once, when first needed. */
export function calibratedSeal(meter: WorkMeter): Seal {
  let measured: Promise<KdfCost> | undefined
  return async (source, { password, format }) => {
    const weak = passwordError(password)
    if (weak) return err(weak)
    if (format === 'btwallet') return sealNaclKeyfile(source, password.trimmed, meter.report)
    measured ??= calibratedCost()
    const cost = await measured
    return sealVaultFile(source, {
      password: password.trimmed,
      cost,
      createdAtMs: Date.now(),
      onProgress: meter.report,
    })
  }
}
