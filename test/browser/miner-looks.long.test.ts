import { afterEach, describe, expect, test } from 'vitest'
import { NO_ENERGY } from '../../shared/care/power.ts'
import { GO_IDLE, goSteps } from '../../shared/mining/one-click.ts'
import { err, ok } from '../../shared/result.ts'
import { netuid } from '../../shared/units/amounts.ts'
import { careScenes } from './care-scenes.ts'
import { playScene, type Scene } from './fake-host.ts'
import { everyModel } from './model-scenes.ts'
import { loaded, underLoad } from './monitor-scenes.ts'
import { PageDriver } from './page-driver.ts'
import { real } from './scenes.ts'
import { mineByHand } from './steps.ts'

const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

async function show(scene: Scene, view: string): Promise<PageDriver> {
  const host = await playScene(scene)
  closers.push(host.stop)
  const driver = await PageDriver.open(host.url)
  closers.push(driver.close)
  await driver.go(view)
  return driver
}
async function looksWell(driver: PageDriver, name: string): Promise<void> {
  expect(await driver.look(name, { narrow: true })).toEqual([])
  expect(driver.complaints).toEqual([])
}

describe('screens of the miner', { timeout: 90_000 }, () => {
  test('models in every state; a large one is not deleted before it was asked', async () => {
    const removed: unknown[] = []
    const answers: Scene['answers'] = {
      ...everyModel.answers,
      'models.remove': async (input) => {
        removed.push(input)
        return err({ code: 'model/busy', id: input.id })
      },
    }
    const driver = await show({ ...everyModel, answers }, 'models')
    await driver.sees('412 MB of 1.1 GB, 12 MB a second, 59 s left, 4 connections')
    await looksWell(driver, 'models')
    await driver.press('Delete Half moved')
    await driver.sees('To use the model again, all of that has to be downloaded again.')
    await looksWell(driver, 'models-delete')
    await driver.press('Keep it')
    expect(removed).toEqual([])
    await driver.press('Delete Half moved')
    await driver.press('Delete 1.1 GB')
    await driver.told('This model is in use.', 'Stop that first.', 'model/busy')
    // Of a file of one’s own only the mention goes.
    await driver.press(/^Remove An own file/)
    expect(removed).toEqual([{ id: 'i', understood: true }, { id: 'j' }])
  })

  test('who is answered, with lists, without, and while they are changed', async () => {
    const key = '5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty'
    const lists = { denied: [key, key.replace('5F', '5G')], allowed: [] }
    const driver = await show(
      { ...loaded, answers: { ...loaded.answers, 'callers.get': async () => ok(lists) as never } },
      'mine',
    )
    await driver.show('Who is answered')
    await driver.sees(/Nobody is answered: the list .* is empty\. Never answered: 2 hotkeys\./)
    await driver.press('Change the lists')
    await driver.show('Who is answered')
    await looksWell(driver, 'callers')
  })

  const quiet: NonNullable<Scene['answers']> = {
    ...loaded.answers,
    'monitor.live': (_input, emit) =>
      emit({ atMs: Date.now(), answered: 0, late: 0, refused: 0, running: 0, waiting: 0, requestsPerSecond: 0 }),
    'monitor.series': async () => ok({ stepMs: 1_000, atMs: Date.now(), slots: [] }),
  }

  test.each<[string, Scene['mining']]>([
    ['under-load', underLoad],
    ['idle', { ...underLoad, recent: [], answered: 0, late: 0, refused: {}, tokensPerSecond: undefined }],
    [
      'overheating',
      {
        ...underLoad,
        held: {
          reasons: [
            {
              kind: 'too-hot',
              part: 'graphics card',
              celsius: 91,
              limitCelsius: 85,
              resumesAtCelsius: 75,
              freesModel: true,
            },
          ],
          sinceMs: Date.now() - 61_000,
          modelFreed: true,
        },
      },
    ],
  ])('the miner, %s', async (name, mining) => {
    const driver = await show({ ...loaded, mining, ...(name === 'idle' ? { answers: quiet } : {}) }, 'mine')
    await driver.sees('Score in each epoch')
    await looksWell(driver, `mine-${name}`)
  })

  test('a licence that was not accepted is accepted where it stopped', async () => {
    const resumed: unknown[] = []
    const state = {
      ...GO_IDLE,
      phase: 'failed',
      step: 'download',
      error: { code: 'model/licence-not-accepted', id: 'm', licence: 'Apache-2.0', url: 'https://models.example/l' },
    } as const
    const view = { ...state, steps: [...goSteps(state)] }
    const answers: Scene['answers'] = {
      ...real.answers,
      'oneClick.watch': (_input, emit) => emit(view),
      'oneClick.resume': async (input) => {
        resumed.push(input)
        return ok(view)
      },
    }
    const driver = await show({ ...real, answers }, 'mine')
    await driver.sees('The licence of this model was not accepted yet.')
    await looksWell(driver, 'go-licence')
    await driver.page.getByRole('checkbox').check()
    await driver.press('Try again from here')
    await driver.page.waitForTimeout(200)
    expect(resumed).toEqual([{ acceptLicence: 'Apache-2.0' }])
  })

  test('an address that stayed on chain says why it could not be taken back', async () => {
    const announced = ok({
      endpoint: { ip: '203.0.113.7', port: 8091, block: 9_583_000 },
      waitBlocks: 0,
      leaving: false,
      kept: { code: 'keys/hotkey-locked', name: 'rig-1' },
    } as never)
    const hotkey = real.wallets.wallets[0]?.hotkeys[0]?.address
    if (!hotkey) throw new Error('the scene has a hotkey')
    const option = {
      netuid: netuid(8),
      name: 'Chat',
      adapterId: 'practice-chat',
      adapters: [],
      usable: true,
      reason: 'ready',
      places: 61,
      placesTaken: 61,
      mine: [{ hotkey, uid: 12 }],
    } as const
    const answers: Scene['answers'] = { ...real.answers, 'mining.announced': async () => announced }
    const driver = await show({ ...real, options: [option], answers }, 'mine')
    await mineByHand(driver)
    await driver.sees('The chain still says that this miner serves.')
    await looksWell(driver, 'still-announced')
  })

  test('the power of a day with gaps, and energy day by day', async () => {
    const now = Date.now()
    const points = Array.from({ length: 2_000 }, (_, at) => ({
      atMs: now - 86_000_000 + at * 40_000,
      ...(at % 400 < 60 ? {} : { watts: 180 + 90 * Math.sin(at / 90) + (at % 7) * 4 }),
      partial: true,
      use: 'mining' as const,
    })).filter((_, at) => at < 700 || at > 1_000)
    const days = Array.from({ length: 12 }, (_, at) => ({
      ...NO_ENERGY,
      day: `2026-11-${String(at + 10)}`,
      wattHours: at === 11 ? 640 : 1_200 + 400 * (at % 5),
      miningWattHours: at === 11 ? 600 : 900,
      partial: at % 2 === 0,
    }))
    const answers: Scene['answers'] = { ...careScenes.hot.answers, 'care.power': async () => ok({ points, days }) }
    const driver = await show({ ...careScenes.hot, answers }, 'care')
    await driver.sees('Energy day by day')
    await looksWell(driver, 'care-hot')
    await driver.show('Energy day by day')
    await driver.page.getByText('As table').last().click()
    await driver.sees('at least 2.80 kWh')
    await driver.show('Power of the last 24 hours')
    await looksWell(driver, 'care-power')
  })

  test('without a measurement the day says so', async () => {
    const driver = await show(careScenes.calm, 'care')
    await driver.sees('The line starts with the first measurement.')
    await driver.show('Power of the last 24 hours')
    await looksWell(driver, 'care-empty')
  })
})
