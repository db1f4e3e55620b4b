import { hkdfSync } from 'node:crypto'
import type { TLSSocket } from 'node:tls'
import type { PairKey } from './fleet.port.ts'

const ID_BYTES = 16
const KEY_BYTES = 32
const ID_LABEL = 'taoforge fleet invitation name'
const KEY_LABEL = 'taoforge fleet invitation key'
/** @source RFC 8446, chapter 7.5; both sides get the same bytes, and nobody who did not make this handshake */
const EXPORTER_LABEL = 'EXPERIMENTAL-taoforge-fleet-pair'

const pairOf = (bytes: Buffer): PairKey => ({
  id: bytes.subarray(0, ID_BYTES).toString('hex'),
  key: new Uint8Array(bytes.subarray(ID_BYTES, ID_BYTES + KEY_BYTES)),
})

/** Of the secret in a pairing code, with its name apart from its key: the name is said aloud. */
export function keyOfCode(secret: Uint8Array): PairKey {
  const part = (label: string, bytes: number) => Buffer.from(hkdfSync('sha256', secret, '', label, bytes))
  return pairOf(Buffer.concat([part(ID_LABEL, ID_BYTES), part(KEY_LABEL, KEY_BYTES)]))
}

/** A key that both sides have from their handshake: it never travels, and who learns the pairing code later cannot compute it. */
export const freshKeyOf = (socket: TLSSocket): PairKey =>
  pairOf(socket.exportKeyingMaterial(ID_BYTES + KEY_BYTES, EXPORTER_LABEL, Buffer.alloc(0)))
