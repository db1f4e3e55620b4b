import { createHash } from 'node:crypto'
import { connect } from 'node:net'
import { encodeAddress } from '@polkadot/util-crypto'
import { sr25519_pubkey, sr25519_secret_from_seed, sr25519_sign } from '@polkadot-labs/schnorrkel-wasm'
import { btAuthHeaders, btAuthText } from '../../../shared/mining/btauth.ts'
import { ss58 } from '../../../shared/units/amounts.ts'
import { CHAT_BODY, CHAT_PATH, freshNonce, MINER, startAxon } from '../../support/axon-harness.ts'

/** Connections kept open, each with one request at a time: more than all validators of a subnet. */
const CONNECTIONS = 32
/** Requests are signed before they are timed, and a nonce is good for 10 s: so few at a time, even on a busy machine. */
const PER_ROUND = 500
const ROUNDS = 8
/** High enough that no rate or queue is what is measured. */
const OPEN = 1_000_000

const secret = sr25519_secret_from_seed(new Uint8Array(32).fill(2))
const publicKey = sr25519_pubkey(secret)
const address = ss58(encodeAddress(publicKey, 42))

/** A request as bytes. A forged one has a well-formed signature over something else, so that it is checked in full. */
function requestBytes(forged: boolean): Buffer {
  const text = {
    scheme: 'sr25519' as const,
    method: 'POST',
    target: CHAT_PATH,
    bodySha256: createHash('sha256').update(CHAT_BODY).digest('hex'),
    nonceNs: freshNonce(),
    sender: address,
    receiver: MINER.address,
  }
  const signed = Buffer.from(forged ? `not ${btAuthText(text)}` : btAuthText(text))
  const signature = `0x${Buffer.from(sr25519_sign(publicKey, secret, signed)).toString('hex')}`
  const headers = Object.entries(btAuthHeaders(text, signature)).map(([name, value]) => `${name}: ${value}\r\n`)
  const head = `POST ${CHAT_PATH} HTTP/1.1\r\nhost: 127.0.0.1\r\n${headers.join('')}content-length: ${CHAT_BODY.length}\r\n\r\n`
  return Buffer.from(head + CHAT_BODY)
}

/** Sends requests over one connection until there are none left. @throws where an answer has not the expected status */
function drain(port: number, requests: Buffer[], status: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1').setNoDelay(true)
    let heard = ''
    const next = () => {
      const request = requests.pop()
      if (request) socket.write(request)
      else socket.end(resolve)
    }
    socket.on('connect', next)
    socket.on('error', reject)
    socket.on('data', (piece: Buffer) => {
      heard += piece.toString('latin1')
      const headEnd = heard.indexOf('\r\n\r\n')
      if (headEnd < 0) return
      const length = Number(/content-length: (\d+)/i.exec(heard)?.[1] ?? Number.NaN)
      if (!heard.startsWith(`HTTP/1.1 ${status} `) || Number.isNaN(length)) return reject(new Error(heard))
      if (heard.length < headEnd + 4 + length) return
      heard = ''
      next()
    })
  })
}

/** @returns ms */
async function round(port: number, forged: boolean): Promise<number> {
  const requests = Array.from({ length: PER_ROUND }, () => requestBytes(forged))
  const began = performance.now()
  await Promise.all(Array.from({ length: CONNECTIONS }, () => drain(port, requests, forged ? 401 : 200)))
  return performance.now() - began
}

/** Requests a second that a real worker process answers over loopback and keep-alive, after one round to warm up, with a model that takes no time. */
export async function axonRequestsPerSecond(forged: boolean): Promise<number> {
  const limits = { concurrency: CONNECTIONS, queue: OPEN, perHotkeyPerMinute: OPEN, perAddressPerSecond: OPEN }
  const callers = [{ hotkey: address, uid: 0, permit: true, stake: 1n, scheme: 'sr25519' as const }]
  const { axon, port } = await startAxon({ callers, limits })
  try {
    await round(port, forged)
    let tookMs = 0
    for (let i = 0; i < ROUNDS; i++) tookMs += await round(port, forged)
    return (PER_ROUND * ROUNDS * 1_000) / tookMs
  } finally {
    await axon.stop()
  }
}
