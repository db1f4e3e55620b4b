import { describe, expect, test } from 'vitest'
import type { AppError } from '../errors.ts'
import type { TransactionRecord } from '../transactions/transaction.ts'
import { netuid, rao, ss58 } from '../units/amounts.ts'
import { isOpenRecord, type ListedPlace, leftOf, nextPlace, type PlaceList, settledPlace } from './place-list.ts'

const KEY = ss58('5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY')
const REFUSED: AppError = { code: 'register/no-place', netuid: netuid(2), places: 64, kept: 64 }
const place = (change: Partial<ListedPlace> = {}): ListedPlace => ({
  ...{ hotkey: KEY, price: rao(90n), limitPrice: rao(100n), mostCost: rao(110n), state: 'waiting' },
  ...change,
})
const list = (...places: readonly ListedPlace[]): PlaceList => ({
  ...{ id: 'l', genesis: '0x01', coldkey: KEY, netuid: netuid(2), tolerancePpm: 100_000, startedAtMs: 1 },
  ...{ mostCost: rao(BigInt(places.length) * 110n), places },
})
const record = (change: Partial<TransactionRecord>): TransactionRecord => ({
  ...{ id: 'r', genesis: '0x01', kind: 'register', signer: KEY, stage: 'signed', startedAtMs: 1 },
  ...change,
})
const sent = place({ state: 'sending', preparedId: 'p', agreed: rao(105n) })

describe('a list of places', () => {
  test('goes on with the one whose end is open, then with the first that waits', () => {
    expect(nextPlace(list(place({ state: 'done' }), place(), sent))).toBe(2)
    expect(nextPlace(list(place({ state: 'failed' }), place()))).toBe(1)
    expect(nextPlace(list(place({ state: 'done' }), place({ state: 'failed' })))).toBeUndefined()
  })

  test('has as much left as was agreed to, less what was signed for', () => {
    expect(leftOf(list(place(), place()))).toBe(220n)
    const done = place({ state: 'done', preparedId: 'p', agreed: rao(105n) })
    expect(leftOf(list(done, place()))).toBe(115n)
    expect(leftOf(list({ ...done, state: 'failed' }, place()))).toBe(115n)
    expect(leftOf(list({ ...done, state: 'waiting' }, place()))).toBe(220n)
    expect(leftOf(list(place({ state: 'done', uid: 3 }), place()))).toBe(220n)
  })

  test.each<[string, TransactionRecord | undefined, Partial<ListedPlace>]>([
    ['never left', undefined, { state: 'waiting', agreed: undefined }],
    ['is on its way', record({ stage: 'in-pool' }), sent],
    [
      'is in a block',
      record({ stage: 'in-block', outcome: { block: 7, registeredUid: 4, placeRao: 93n } }),
      { state: 'done', uid: 4, block: 7, paid: 93n },
    ],
    ['was refused in a block', record({ stage: 'failed', error: REFUSED, outcome: { block: 7 } }), { state: 'failed' }],
    ['came into no block', record({ stage: 'failed', error: REFUSED }), { state: 'waiting', error: REFUSED }],
  ])('one that was sent when the app ended, and %s, is what its record says', (_why, known, expected) => {
    expect(settledPlace(sent, known)).toMatchObject(expected)
  })

  test('one that was done is not, once its block lost to another in which it was refused', () => {
    const done = place({ state: 'done', preparedId: 'p', uid: 4 })
    expect(settledPlace(done, record({ stage: 'failed', error: REFUSED, outcome: { block: 8 } })).state).toBe('failed')
    expect(settledPlace(done, record({ stage: 'failed', error: REFUSED })).state).toBe('waiting')
    // What is not kept any more takes nothing back, and one that was there before has no record at all.
    expect(settledPlace(done, undefined)).toBe(done)
    const before = place({ state: 'done', uid: 3 })
    expect(settledPlace(before, undefined)).toBe(before)
    expect(isOpenRecord(record({ stage: 'signed' }))).toBe(true)
    expect(isOpenRecord(record({ stage: 'finalized' }))).toBe(false)
  })
})
