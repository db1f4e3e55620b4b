import { constants } from 'node:crypto'

/**
 * TLS 1.3 with a key that both sides have, and a fresh key exchange each time (`psk_dhe_ke`; OpenSSL does the one without only where it is
 * told to). One cipher: the hash of a pre-shared key has to be that of the cipher. No tickets: they would be a second key, which
 * removing somebody does not take back.
 */
export const TLS_OPTIONS = {
  minVersion: 'TLSv1.3',
  maxVersion: 'TLSv1.3',
  ciphers: 'TLS_AES_128_GCM_SHA256',
  secureOptions: constants.SSL_OP_NO_TICKET,
} as const
