import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { selfTestModel } from '../../electron/models/self-test-model.ts'
import { type PracticeNetwork, startPractice } from '../support/chain/practice-network.ts'
import { sendPlayMoney } from '../support/chain/price-mover.ts'
import { importWallet, LONG_PASSWORD, sessionWith, untilFree, validatorOf, WORDS } from '../support/host-session.ts'
import { startHost, taoforge } from '../support/running-host.ts'
import { smallDisk } from '../support/small-disk.ts'
import { type Place, refuses } from './refuses.ts'

const SECRETS = { TAOFORGE_PASSWORD: LONG_PASSWORD, TAOFORGE_WORDS: WORDS }
const disk = smallDisk(48)
const elsewhere = mkdtempSync(join(tmpdir(), 'taoforge-elsewhere-'))

describe.runIf(disk)('a disk that is full', { timeout: 120_000 }, () => {
  let network: PracticeNetwork
  let place: Place
  beforeAll(async () => {
    network = await startPractice(['--block-ms', '400', '--no-validator'])
    const host = await startHost({ data: join(disk?.folder ?? '', 'data'), args: ['--network', network.ws] })
    place = { host, session: await sessionWith(host) }
    await place.session.until<{ state: string }>('network.status', ({ state }) => state === 'ready')
  }, 120_000)
  afterAll(async () => {
    await place?.session.close()
    await place?.host.stop()
    await network?.stop()
    disk?.remove()
    rmSync(elsewhere, { recursive: true })
  })

  test('refuses what needs a byte, leaves everything as it was, and goes on when there is room', async () => {
    const { host, session } = place
    const { address } = await importWallet(session)
    await sendPlayMoney(network.ws, address, 100_000_000_000n)
    await untilFree(session, '100000000000')
    const add = { kind: 'add', netuid: 4, hotkey: await validatorOf(session, 4), amount: '1000000000' }
    const plan = await session.must<object>('staking.planMoves', { moves: [add], tolerancePpm: 100_000 })
    const { preparedId } = await session.must<{ preparedId: string }>('transaction.prepare', { plan })
    const ownModel = join(elsewhere, 'own.gguf')
    writeFileSync(ownModel, selfTestModel())
    disk?.fill()
    const full = { code: 'storage/disk-full', path: expect.stringContaining(host.data) }
    await refuses(place, ['transaction.send', { preparedId }], full)
    await refuses(place, ['wallet.importWords', { name: 'b' }, SECRETS], full)
    await refuses(place, ['wallet.createHotkey', { wallet: 'a', name: 'm1' }], full)
    await refuses(place, ['models.makeSelfTest', {}], full)
    await refuses(place, ['models.import', { path: ownModel }], full)
    await refuses(place, ['settings.change', { theme: 'dark' }], full)
    disk?.empty()
    const again = await session.must<{ preparedId: string }>('transaction.prepare', { plan })
    const input = JSON.stringify({ preparedId: again.preparedId })
    const sent = await taoforge(['transaction.send', input, '--data', host.data])
    expect(sent.json).toMatchObject({ ok: true, value: { stage: 'in-block' } })
  })
})
