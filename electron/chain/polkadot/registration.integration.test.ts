import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { alpha, netuid, rao } from '../../../shared/units/amounts.ts'
import { TestAccount } from '../../../test/support/chain/account.ts'
import { must, never, newChain } from '../../../test/support/chain/chain-session.ts'
import { type PracticeNetwork, startPractice } from '../../../test/support/chain/practice-network.ts'
import { RegistrationService } from '../../services/registration.service.ts'

const CHAT = netuid(2)
let network: PracticeNetwork
const chain = newChain()
const nothingRecorded = { course: () => ({ lines: [], registrations: [], days: [] }), pace: () => undefined }
const service = new RegistrationService({ chain, recorder: nothingRecorded })

beforeAll(async () => {
  network = await startPractice(['--block-ms', '120'])
  must(await chain.connect({ endpoint: network.ws, genesis: network.genesis }, never))
})
afterAll(async () => {
  await chain.disconnect()
  await network.stop()
})

describe('places on a subnet, as the chain tells them', () => {
  test('are read whole, of one block', async () => {
    const facts = must(await chain.registrationFacts(CHAT))
    const subnet = must(await chain.subnets()).subnets.find((one) => one.netuid === CHAT)
    expect(facts).toMatchObject({
      netuid: CHAT,
      open: true,
      most: subnet?.places,
      rules: { halfLife: 360, increasePpm: 1_260_000 },
      minNonImmune: 2,
    })
    expect(facts.places.length).toBe(subnet?.placesTaken)
    expect(facts.places.map(({ uid }) => uid)).toEqual(facts.places.map((_, index) => index))
    expect(facts.places.filter(({ ownersOwn }) => ownersOwn).length).toBeLessThanOrEqual(1)
    expect(facts.price >= facts.rules.minPrice && facts.price <= facts.rules.maxPrice).toBe(true)
    // The price falls by itself, and the block is the one that it was read in.
    expect(facts.block).toBeGreaterThanOrEqual(facts.lastEpochBlock)
  })

  test('say what of the price is bound: nothing on this subnet, and it is the chain that says so', async () => {
    const [coldkey, hotkey] = [new TestAccount().address, new TestAccount().address]
    const snapshot = must(await chain.registerSnapshot(coldkey, { netuid: CHAT, hotkey, tolerancePpm: 0 }))
    expect(snapshot.collateral).toEqual({ share: 0, freesPpm: 1_000_000, stands: { alpha: 0n, worth: 0n } })
  })

  test('are refused of a subnet that is not there', async () => {
    expect(await chain.registrationFacts(netuid(999))).toMatchObject({ error: { code: 'stake/unknown-subnet' } })
    expect(await service.outlook(netuid(999), undefined)).toMatchObject({ error: { code: 'stake/unknown-subnet' } })
  })

  test('sell a day’s pay by the chain’s simulation, and say so where it cannot', async () => {
    const [none, some, more] = must(await chain.daySales(CHAT, [0n, 1_000_000_000n, 2_000_000_000n].map(alpha)))
    expect(none).toBe(0n)
    // The pool gives less for each further one.
    expect((some ?? 0n) > 0n && (more ?? 0n) > (some ?? 0n) && (more ?? 0n) <= 2n * (some ?? 0n)).toBe(true)
  })

  test('give an outlook in which every figure belongs to the facts', async () => {
    const outlook = must(await service.outlook(CHAT, rao(5_000_000_000n)))
    expect(outlook.projected[0]).toEqual({ block: outlook.block, price: outlook.price })
    expect(outlook.summary.taken).toBeLessThanOrEqual(outlook.summary.most)
    expect(outlook.groups.length).toBe(outlook.distribution ? 3 : 0)
    expect([outlook.collateral?.share, outlook.bound]).toEqual([0, 0n])
  })

  test('say what epochs before the last one paid, each of its own block, and end with what the node has', async () => {
    const look = async () => must(await chain.registrationFacts(CHAT))
    const { tempo } = await look()
    await expect.poll(async () => (await look()).lastEpochBlock, { timeout: 20_000 }).toBeGreaterThan(2 * tempo)
    const facts = await look()
    const earlier = must(await chain.earlierPay(facts, 2))
    const blocks = [facts.lastEpochBlock, ...earlier.map(({ block }) => block)]
    expect(earlier.length).toBeGreaterThan(0)
    expect(blocks).toEqual([...new Set(blocks)].toSorted((a, b) => b - a))
    const miners = facts.places.filter(({ permit }) => !permit).length
    expect(earlier.every(({ emissions }) => emissions.length <= miners)).toBe(true)
    // A block that is not there yet ends it, and is no error.
    expect(must(await chain.earlierPay({ netuid: CHAT, lastEpochBlock: facts.block + 10_000 }, 2))).toEqual([])
    expect(must(await chain.earlierPay({ netuid: netuid(999), lastEpochBlock: facts.lastEpochBlock }, 2))).toEqual([])
  })

  test('name the subnet that would go next, or none, and how long each is immune', async () => {
    const removal = must(await chain.removalFacts([CHAT]))
    const known = must(await chain.subnets()).subnets.map((one) => one.netuid)
    expect(removal.next === undefined || known.includes(removal.next)).toBe(true)
    expect(removal.freeSubnets).toBe(128 - (known.length - 1))
    expect([removal.immunityBlocks, removal.registeredAt.get(CHAT)]).toEqual([1_296_000, 0])
  })

  test('cost as much in one read of all subnets as in each by itself, and root is none of them', async () => {
    const { block, prices } = must(await chain.placePrices())
    const { subnets } = must(await chain.subnets())
    expect(prices.map((one) => one.netuid)).toEqual(subnets.map((one) => one.netuid).filter((id) => id !== 0))
    expect(block).toBeGreaterThan(0)
    expect(prices.every(({ price }) => price > 0n)).toBe(true)
  })
})
