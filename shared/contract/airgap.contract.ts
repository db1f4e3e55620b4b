import { z } from 'zod'
import { command, query } from './define.ts'
import { wireIntent } from './intent-wire.ts'
import { signerReading } from './signer.contract.ts'
import { transactionRecord } from './transactions.contract.ts'
import { cryptoType } from './wallet-info.ts'
import { wire } from './wire.ts'

const hex = z.string().regex(/^[0-9a-f]*$/)
/** What was read over the gap: the codes as they were seen, in any order, or the text of a file. */
const given = z.union([
  z.strictObject({ frames: z.array(hex.max(8_000)).min(1).max(256).readonly() }),
  z.strictObject({ text: z.string().max(200_000) }),
])
export type GivenOverGap = z.output<typeof given>

const exported = z.object({
  /** Contents of the codes, hex digits; shown one after the other, over and over. */
  frames: z.array(hex).readonly(),
  fileName: z.string(),
  file: z.string(),
  /** Bytes of the whole content. */
  bytes: z.int(),
  /** Last block that accepts the signature. */
  validUntilBlock: wire.block.exactOptional(),
})
export type AirgapExport = z.output<typeof exported>

const received = z.object({
  /** The wallet here that has the key. */
  wallet: z.string(),
  address: wire.ss58,
  scheme: cryptoType,
  intent: wireIntent,
  /** From the bytes, by the types that their own proof proves. */
  reading: signerReading,
  /** Bytes that are signed. */
  bytes: z.int(),
})
export type AirgapReceived = z.output<typeof received>

const signed = z.object({
  /** Content of the code: the signature in hex digits, its scheme first. */
  text: z.string(),
  fileName: z.string(),
  file: z.string(),
})
export type AirgapSigned = z.output<typeof signed>

export const airgapContract = {
  'airgap.export': query('A prepared transaction as codes and as a file, for a signer without a network.', {
    input: z.object({ preparedId: z.string() }),
    output: exported,
  }),
  'airgap.send': command('Checks a signature that was made elsewhere and sends the transaction with it.', {
    input: z.object({ preparedId: z.string(), signature: z.string().max(4_096) }),
    output: transactionRecord,
  }),
  'airgap.read': query('Reads a transaction from codes or a file, without any network.', {
    input: z.object({ given }),
    output: received,
  }),
  'airgap.sign': command('Signs such a transaction with the wallet here, under its rules, without any network.', {
    input: z.object({ given, payloadHash: z.string().regex(/^0x[0-9a-f]{64}$/) }),
    output: signed,
  }),
}
