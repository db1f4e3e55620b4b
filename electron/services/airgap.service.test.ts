import { expect, test } from 'vitest'
import { ok } from '../../shared/result.ts'
import { ss58 } from '../../shared/units/amounts.ts'
import type { ConnectionState } from '../chain/chain.port.ts'
import { type AirgapDeps, AirgapService } from './airgap.service.ts'
import type { InHand } from './transactions.service.ts'

const ALICE = ss58('5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY')
const SIGNATURE = `01${'ab'.repeat(64)}`
const HASH = `0x${'cd'.repeat(32)}`

/** What the service asked of others, in order. */
interface World {
  block: number
  payload: Uint8Array
  verdict: { valid: true; scheme: 'sr25519' | 'ed25519'; as: 'hex' | 'plain' | 'wrapped' } | { valid: false }
  readonly verified: string[]
  readonly sent: Uint8Array[]
}

function serviceIn(world: World): AirgapService {
  const wallet = { name: 'watched', address: ALICE, cryptoType: 'sr25519', watchOnly: true }
  const prepared = { decoded: { validUntilBlock: 227 } }
  // The casts: only what the service looks at is here.
  const inHand = { prepared, wallet: 'watched', bytes: { payload: world.payload } } as unknown as InHand
  return new AirgapService({
    chain: { state: () => ({ state: 'ready', reconnecting: false, best: { number: world.block } }) as ConnectionState },
    wallets: { state: () => ({ wallets: [wallet] }) },
    network: {},
    transactions: {
      inHand: () => ok(inHand),
      preparedBytes: () => ok({ payload: world.payload }),
      send: async (_id: string, signature: Uint8Array) => {
        world.sent.push(signature)
        return ok({ id: 'record' })
      },
    },
    keys: {
      read: async () => ok({ payloadHash: HASH }),
      verifyMessage: async ({ text }: { text: string }) => {
        world.verified.push(text)
        return ok(world.verdict)
      },
    },
  } as unknown as AirgapDeps)
}
const worldOf = (change: Partial<World> = {}): World => ({
  block: 100,
  payload: Uint8Array.of(5, 3, 1),
  verdict: { valid: true, scheme: 'sr25519', as: 'hex' },
  verified: [],
  sent: [],
  ...change,
})

test('a signature that comes when the era is over is refused before it is looked at', async () => {
  const world = worldOf({ block: 227 })
  expect(await serviceIn(world).send('1', SIGNATURE)).toEqual({
    ok: false,
    error: { code: 'airgap/expired', validUntilBlock: 227, nowBlock: 227 },
  })
  expect(world).toMatchObject({ verified: [], sent: [] })
})

test('one block earlier it is sent', async () => {
  const world = worldOf({ block: 226 })
  expect(await serviceIn(world).send('1', SIGNATURE)).toMatchObject({ ok: true })
  expect(world.verified).toEqual(['0x050301'])
  expect(world.sent[0]?.length).toBe(65)
})

test('a payload of more than 256 bytes is verified by its hash, one of 256 by itself', async () => {
  for (const [length, text] of [
    [257, HASH],
    [256, `0x${'07'.repeat(256)}`],
  ] as const) {
    const world = worldOf({ payload: new Uint8Array(length).fill(7) })
    await serviceIn(world).send('1', SIGNATURE)
    expect(world.verified).toEqual([text])
  }
})

test.each([
  { valid: false },
  { valid: true, scheme: 'ed25519', as: 'hex' },
  { valid: true, scheme: 'sr25519', as: 'plain' },
] as const)('nothing is sent for %o', async (verdict) => {
  const world = worldOf({ verdict })
  expect(await serviceIn(world).send('1', SIGNATURE)).toEqual({
    ok: false,
    error: { code: 'airgap/wrong-signature', address: ALICE },
  })
  expect(world.sent).toEqual([])
})
