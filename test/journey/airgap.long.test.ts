import { createServer } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type CliAnswer, type RunningHost, startHost, taoforge } from '../support/running-host.ts'

const PASSWORD = { TAOFORGE_PASSWORD: 'a long enough one' }
const WORDS = 'bottom drive obey lake curtain smoke basket hold race lonely fit walk'
const OTHER_WORDS = 'old leopard transfer rib spatial phone calm indicate online fire caution review'
const FIRST = '5DfhGyQdFobKM8NsWvEeAKk5EQQgYe9AydgJ7rMB6E1EqRzV'
const SECOND = '5HDvhV6WDCjCKyrXqGQSDYqQAzkzabNhctmiDYEqgBC66BsX'

interface Exported {
  readonly frames: readonly string[]
  readonly file: string
  readonly validUntilBlock: number
}
interface Received {
  readonly wallet: string
  readonly address: string
  readonly intent: Record<string, unknown>
  readonly reading: {
    readonly payloadHash: string
    readonly nonce: number
    readonly calls: readonly { call: string }[]
  }
}
interface Signed {
  readonly text: string
  readonly file: string
}

let online: RunningHost
let offline: RunningHost
type Given = Parameters<typeof taoforge>[1]
const at = (host: () => RunningHost) => (channel: string, input: object, given?: Given) =>
  taoforge([channel, JSON.stringify(input), '--data', host().data], given)
const here = at(() => online)
const there = at(() => offline)
const value = <T>(answer: CliAnswer): T => {
  expect(answer.json, JSON.stringify(answer.json)).toMatchObject({ ok: true })
  return answer.json.value as T
}
const refused = (answer: CliAnswer, code: string, facts: object = {}) => {
  expect(answer.json).toMatchObject({ ok: false, error: { code, ...facts } })
  expect(answer.exit).toBe(1)
}
const freeOf = async (coldkey: string) => BigInt(value<{ free: string }>(await here('portfolio.get', { coldkey })).free)

async function exported(amount: string): Promise<{ readonly preparedId: string } & Exported> {
  const plan = value<object>(await here('transfer.plan', { to: SECOND, amount }))
  const { preparedId } = value<{ preparedId: string }>(await here('transaction.prepare', { plan }))
  return { preparedId, ...value<Exported>(await here('airgap.export', { preparedId })) }
}
const read = async (given: object) => value<Received>(await there('airgap.read', { given }))
async function signed(given: object): Promise<Signed> {
  const { reading } = await read(given)
  return value<Signed>(await there('airgap.sign', { given, payloadHash: reading.payloadHash }))
}
const flipped = (hex: string, place: number) =>
  `${hex.slice(0, place)}${hex[place] === '0' ? '1' : '0'}${hex.slice(place + 1)}`

/** A port on which nobody listens, by the time that it is used. */
const deadPort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })

beforeAll(async () => {
  online = await startHost({ args: ['--network', 'practice', '--block-ms', '1000'] })
  value(await taoforge(['network.status', '{}', '--data', online.data, '--network', 'practice']))
  offline = await startHost()
  // The signer knows which chain it is for, and reaches none: its endpoint is a port without a listener.
  const endpoint = `ws://127.0.0.1:${await deadPort()}`
  await there('network.select', { kind: 'custom', endpoint })
  value(await here('wallet.importWatchOnly', { name: 'watched', source: FIRST, cryptoType: 'sr25519' }))
  for (const [name, words] of [
    ['other', OTHER_WORDS],
    ['cold', WORDS],
  ])
    value(await there('wallet.importWords', { name }, { env: { ...PASSWORD, TAOFORGE_WORDS: words ?? '' } }))
  value(await here('practice.playMoney', { amount: '100000000000' }))
}, 240_000)
afterAll(async () => {
  await online?.stop()
  await offline?.stop()
})

describe('across the air gap, from two terminals', { timeout: 240_000 }, () => {
  test('the signer has no chain, and the sender no key', async () => {
    expect((await there('network.status', {})).json.value).toMatchObject({ state: 'failed' })
    const { preparedId } = await exported('1000000000')
    refused(await here('transaction.send', { preparedId }), 'keys/locked')
  })

  test('a watched wallet sends what the other device signed, and the chain finalizes it', async () => {
    const before = await freeOf(SECOND)
    const { preparedId, frames } = await exported('2000000000')
    expect(frames.length).toBeGreaterThan(1)
    const given = { frames: [...frames].reverse().flatMap((frame) => [frame, frame]) }
    const received = await read(given)
    expect(received).toMatchObject({
      wallet: 'cold',
      address: FIRST,
      intent: { kind: 'transfer', to: SECOND, amount: '2000000000' },
      reading: { calls: [{ call: 'Balances.transfer_keep_alive' }] },
    })
    const order = { given, payloadHash: received.reading.payloadHash }
    value(await there('wallet.lock', {}))
    refused(await there('airgap.sign', order), 'keys/locked')
    value(await there('wallet.unlock', { name: 'cold' }, { env: PASSWORD }))
    const { text } = value<Signed>(await there('airgap.sign', order))
    expect(text).toMatch(/^01[0-9a-f]{128}$/)
    const sent = value<{ id: string; stage: string; outcome: { sentRao: string } }>(
      await here('airgap.send', { preparedId, signature: text }),
    )
    expect(sent.outcome.sentRao).toBe('2000000000')
    expect((await freeOf(SECOND)) - before).toBe(2_000_000_000n)
    await expect
      .poll(
        async () => {
          const records = (await here('activity.watch', {})).json.value as readonly { id: string; stage: string }[]
          return records.find(({ id }) => id === sent.id)?.stage
        },
        { timeout: 60_000, interval: 1_000 },
      )
      .toBe('finalized')
    refused(await here('airgap.send', { preparedId, signature: text }), 'contract/bad-input')
  })

  test('files do the same, and the log of the signer has it', async () => {
    const { preparedId, file } = await exported('3000000000')
    const back = await signed({ text: file })
    value(await here('airgap.send', { preparedId, signature: back.file }))
    const { entries } = value<{ entries: readonly { decision: string; intent: string; network: string }[] }>(
      await there('signer.audit', { wallet: 'cold', role: 'cold', limit: 5 }),
    )
    expect(entries[0]).toMatchObject({ decision: 'signed', intent: expect.stringContaining('3000000000') })
  })

  test('refuses bytes that were changed on the way, wherever', async () => {
    const { file } = await exported('1000000000')
    const parts = JSON.parse(file) as { payload: string; metadataProof: string; genesis: string; signer: string }
    const changed = (change: Partial<typeof parts>) =>
      there('airgap.read', { given: { text: JSON.stringify({ ...parts, ...change }) } })
    const { reading } = await read({ text: file })
    // Another amount is another transaction: it reads well, and is not the one that was shown.
    const amount = parts.payload.indexOf('02286bee')
    expect(amount).toBeGreaterThan(0)
    const other = { text: JSON.stringify({ ...parts, payload: flipped(parts.payload, amount) }) }
    refused(await there('airgap.sign', { given: other, payloadHash: reading.payloadHash }), 'airgap/changed')
    refused(await changed({ genesis: flipped(parts.genesis, 9) }), 'airgap/damaged')
    refused(await changed({ signer: flipped(parts.signer, 9) }), 'airgap/key-not-here')
    const lying = {
      text: JSON.stringify({
        ...parts,
        metadataProof: flipped(parts.metadataProof, parts.metadataProof.indexOf('64657374') + 1),
      }),
    }
    const answer = await there('airgap.read', { given: lying })
    if (answer.json.ok) {
      const { reading: misread } = answer.json.value as Received
      refused(await there('airgap.sign', { given: lying, payloadHash: misread.payloadHash }), 'keys/intent-differs', {})
    } else expect(answer.json.error?.code).toMatch(/^(signer|airgap)\//)
  })

  test('refuses the signature of another transaction, and of another key; the right one may still come', async () => {
    const { preparedId, file } = await exported('1000000000')
    const other = await exported('1500000000')
    const right = await signed({ text: file })
    const wrong = await signed({ text: other.file })
    refused(await here('airgap.send', { preparedId, signature: wrong.text }), 'airgap/wrong-signature', {
      address: FIRST,
    })
    refused(await here('airgap.send', { preparedId, signature: flipped(right.text, 60) }), 'airgap/wrong-signature')
    refused(await here('airgap.send', { preparedId, signature: `00${right.text.slice(2)}` }), 'airgap/damaged')
    refused(await here('airgap.send', { preparedId, signature: 'hello' }), 'airgap/damaged')
    value(await here('airgap.send', { preparedId, signature: right.text }))
  })

  test('the limits of the wallet count on the other device, too', async () => {
    const policy = { mostPerTransaction: '1000000000' }
    value(await there('signer.setPolicy', { wallet: 'cold', policy }, { env: PASSWORD }))
    const { file } = await exported('1100000000')
    const { reading } = await read({ text: file })
    refused(
      await there('airgap.sign', { given: { text: file }, payloadHash: reading.payloadHash }),
      'policy/per-transaction',
      { asked: '1100000000' },
    )
  })

  test('refuses a chain that begins with another block than the one it signed for before', async () => {
    const { file } = await exported('100000000')
    const { genesis } = JSON.parse(file) as { genesis: string }
    const digits = genesis.slice(2)
    const foreign = { text: file.replaceAll(digits, flipped(digits, 5)) }
    const { reading } = await read(foreign)
    refused(
      await there('airgap.sign', { given: foreign, payloadHash: reading.payloadHash }),
      'signer/foreign-genesis',
      { expected: genesis },
    )
  })
})
