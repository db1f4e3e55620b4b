import { afterEach, describe, expect, test } from 'vitest'
import { ask, callerOf, freshNonce, testKey, VALIDATOR } from '../../../test/support/axon-harness.ts'
import { type InsideAxon, type InsideOptions, startInside } from '../../../test/support/axon-inside.ts'
import { askEpistula, askSynapse } from '../../../test/support/signed-clients.ts'

const OTHER = testKey(4)
let under: InsideAxon | undefined
afterEach(() => under?.axon.stop())
const start = async (options: Partial<InsideOptions> = {}): Promise<InsideAxon> => {
  const callers = [callerOf(VALIDATOR), callerOf(OTHER)]
  under = await startInside({ adapter: 'practice-chat', callers, ...options })
  return under
}
const told = async (url: string, key = VALIDATOR) => {
  const { status, json } = await ask(url, { key })
  return status === 200 ? 200 : [status, json().error?.code]
}

describe('the lists of callers', () => {
  test('hold from the next request on, without a start, and give way again', async () => {
    const { axon, url } = await start()
    expect([await told(url), await told(url, OTHER)]).toEqual([200, 200])
    axon.setCallerLists({ denied: [VALIDATOR.address] })
    expect([await told(url), await told(url, OTHER)]).toEqual([[403, 'Denied'], 200])
    axon.setCallerLists({ denied: [], allowed: [OTHER.address] })
    expect([await told(url), await told(url, OTHER)]).toEqual([[403, 'NotOnList'], 200])
    axon.setCallerLists({ denied: [] })
    expect([await told(url), await told(url, OTHER)]).toEqual([200, 200])
  })

  test('refuse whom both name, and everybody where the list of the answered is empty', async () => {
    const { axon, url } = await start()
    axon.setCallerLists({ denied: [VALIDATOR.address], allowed: [VALIDATOR.address, OTHER.address] })
    expect([await told(url), await told(url, OTHER)]).toEqual([[403, 'Denied'], 200])
    axon.setCallerLists({ denied: [], allowed: [] })
    expect(await told(url)).toEqual([403, 'NotOnList'])
  })

  test('add nobody who is not registered, and do not stand in for permit and stake', async () => {
    const { axon, url } = await start({ callers: [callerOf(OTHER, { permit: false })] })
    axon.setCallerLists({ denied: [], allowed: [VALIDATOR.address, OTHER.address] })
    expect(await told(url)).toEqual([403, 'NotInMetagraph'])
    expect(await told(url, OTHER)).toEqual([403, 'NoPermit'])
  })

  test('are told only to who proved who they are, and use the nonce up', async () => {
    const { axon, url } = await start()
    axon.setCallerLists({ denied: [VALIDATOR.address] })
    const nonceNs = freshNonce()
    const forged = { ...OTHER, address: VALIDATOR.address }
    expect(await told(url, forged)).toEqual([401, 'BadSignature'])
    expect((await ask(url, { nonceNs })).json().error?.code).toBe('Denied')
    axon.setCallerLists({ denied: [] })
    expect((await ask(url, { nonceNs })).json().error?.code).toBe('ReplayedRequest')
  })

  test('are said in the words of each protocol', async () => {
    const epistula = await start({ adapter: 'epistula' })
    epistula.axon.setCallerLists({ denied: [VALIDATOR.address] })
    const said = await askEpistula(epistula.url)
    expect([said.status, said.json()]).toEqual([401, { detail: 'Signer not allowed' }])
    await epistula.axon.stop()
    const dendrite = await start({ adapter: 'axon' })
    dendrite.axon.setCallerLists({ denied: [], allowed: [] })
    const heard = await askSynapse(dendrite.url)
    const words = 'this miner answers some hotkeys only, and this is none of them'
    expect([heard.status, heard.json()]).toEqual([403, { message: `Forbidden. Key is blacklisted: ${words}.` }])
  })
})
