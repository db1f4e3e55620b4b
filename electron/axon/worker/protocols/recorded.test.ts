import { readFileSync } from 'node:fs'
import { sr25519Verify } from '@polkadot/util-crypto'
import { describe, expect, test } from 'vitest'
import type { Transport } from '../../../mining/manifest.port.ts'
import type { CallerScheme } from '../../axon.port.ts'
import { publicKeyOf } from '../ss58.ts'
import { verifierOf } from '../verify.ts'
import type { Claim, RequestHead } from './protocol.ts'
import { protocolOf } from './protocol-of.ts'

interface Recorded {
  readonly bittensor: string
  readonly miner: string
  readonly requests: readonly {
    readonly target: string
    readonly scheme?: CallerScheme
    readonly hashFields?: readonly string[]
    readonly headers: Readonly<Record<string, string>>
    readonly body: string
  }[]
}

/** Requests that the official packages signed; `test/interop/record-requests.py` made them. */
const recorded = (name: Transport): Recorded =>
  JSON.parse(readFileSync(new URL(`fixtures/${name}.json`, import.meta.url), 'utf8'))

const TRANSPORTS: readonly Transport[] = ['btauth-1', 'axon-v10', 'epistula-2']
const cases = TRANSPORTS.flatMap((transport) => {
  const { miner, requests, bittensor } = recorded(transport)
  return requests.map((request) => ({ transport, miner, request, name: `${request.target} (${bittensor})` }))
})

const headOf = (target: string, headers: Readonly<Record<string, string>>): RequestHead => {
  const lower = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
  return { sender: '', method: 'POST', target, arrivedMs: 0, header: (name) => lower.get(name) }
}

/** When it was signed, ms. */
const timeOf = (headers: Readonly<Record<string, string>>): number => {
  const ns = headers['X-Bittensor-Nonce'] ?? headers['bt_header_dendrite_nonce']
  return ns === undefined ? Number(headers['Epistula-Timestamp']) : Number(BigInt(ns) / 1_000_000n)
}

/** No earlier request of its series is known. */
const once = (): boolean => false

/** It throws where the signature has no form. */
function otherSays(text: Uint8Array, signature: Uint8Array, publicKey: Uint8Array): boolean {
  try {
    return sr25519Verify(text, signature, publicKey)
  } catch {
    return false
  }
}

describe.each(cases)('$transport $name', ({ transport, miner, request }) => {
  const protocolFor = (hotkey: string) =>
    protocolOf(transport, { hotkey, aliveBeforeMs: 0, paths: [request.target], version: 1 })
  const protocol = protocolFor(miner)
  const scheme = request.scheme ?? 'sr25519'
  const head = headOf(request.target, request.headers)
  const body = Buffer.from(request.body)

  const claimOf = (): Claim => {
    const claim = protocol.read(head)
    if (!claim.ok) throw new Error(claim.error.message)
    return claim.value
  }
  const isGood = (claim: Claim, sent = body): boolean => {
    const publicKey = publicKeyOf(claim.sender)
    if (!publicKey) throw new Error('no key')
    const text = claim.text(scheme, sent)
    const good = verifierOf(scheme, publicKey).check(text, claim.signature)
    // The other implementation must say the same.
    if (scheme === 'sr25519') expect(otherSays(Buffer.from(text), claim.signature, publicKey)).toBe(good)
    return good
  }

  test('is what its package signed', () => {
    const claim = claimOf()
    expect(claim.scheme ?? scheme).toBe(scheme)
    expect(isGood(claim)).toBe(true)
    const parsed: unknown = JSON.parse(request.body)
    const proven = { head, claim, raw: body, body: parsed, hashFields: request.hashFields ?? [] }
    expect(protocol.bodyRefusal(proven)).toBeUndefined()
  })

  test('is fresh when it was signed and not for long', () => {
    const claim = claimOf()
    const at = timeOf(request.headers)
    expect([claim.isFresh(at, once), claim.isFresh(at + 3_000, once), claim.isFresh(at - 1_000, once)]).toEqual([
      true,
      true,
      true,
    ])
    expect([claim.isFresh(at + 16_100, once), claim.isFresh(at - 5_000, once)]).toEqual([false, false])
  })

  test('is not good for another miner, nor with another body where the signature covers it', () => {
    const other = protocolFor('5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY').read(head)
    expect(other.ok).toBe(false)
    expect(isGood(claimOf(), Buffer.from(`${request.body} `))).toBe(transport === 'axon-v10')
  })

  test('is not good with any other signature', () => {
    const name = Object.keys(request.headers).find((header) => /signature$/i.test(header)) ?? ''
    for (const at of [2, 60, 128]) {
      const hex = request.headers[name] ?? ''
      const changed = `${hex.slice(0, at)}${hex[at] === '1' ? '2' : '1'}${hex.slice(at + 1)}`
      const claim = protocol.read(headOf(request.target, { ...request.headers, [name]: changed }))
      if (!claim.ok) throw new Error(claim.error.message)
      expect(isGood(claim.value)).toBe(false)
    }
  })
})
