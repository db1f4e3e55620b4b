import { blake2AsU8a } from '@polkadot/util-crypto'
import { z } from 'zod'
import { badAnswer } from '../failure.ts'
import { compactBytes, concat, fromHex, toHex } from '../scale/bytes.ts'

const hash = z.string().regex(/^0x[0-9a-f]{64}$/i)
const header = z.looseObject({
  number: z.string().regex(/^0x[0-9a-f]{1,8}$/i),
  parentHash: hash,
  stateRoot: hash,
  extrinsicsRoot: hash,
  digest: z.looseObject({ logs: z.array(z.string()) }),
})

export interface Header {
  readonly number: number
  readonly hash: string
  readonly parentHash: string
}

/**
 * A header as nodes send it, with the hash that they leave out: Blake2-256 of its SCALE form.
 * @source substrate `sp_runtime::generic::Header`
 */
export function readHeader(raw: unknown): Header {
  const parsed = header.safeParse(raw)
  if (!parsed.success) return badAnswer('block header')
  const { number, parentHash, stateRoot, extrinsicsRoot, digest } = parsed.data
  const logs = digest.logs.map((log) => fromHex(log, 'digest'))
  const bytes = concat(
    fromHex(parentHash, 'parent hash'),
    compactBytes(BigInt(number)),
    fromHex(stateRoot, 'state root'),
    fromHex(extrinsicsRoot, 'extrinsics root'),
    compactBytes(BigInt(logs.length)),
    ...logs,
  )
  return { number: Number(number), hash: toHex(blake2AsU8a(bytes)), parentHash }
}
