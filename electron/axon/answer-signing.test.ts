import { describe, expect, test } from 'vitest'
import type { AnswerParts } from '../../shared/mining/axon-answer.ts'
import { err, ok } from '../../shared/result.ts'
import { MINER, VALIDATOR } from '../../test/support/axon-harness.ts'
import { signAnswer } from './answer-signing.ts'

const UUID = '5ecbd69c-1cec-11ee-b0dc-e29ce36fec1a'
const NONCE = '1795352273655366016'
const TEXT = `${NONCE}.${VALIDATOR.address}.${MINER.address}.${UUID}`

describe('signAnswer', () => {
  const signed: AnswerParts[] = []
  const signer = async (answer: AnswerParts) => {
    signed.push(answer)
    return ok('0x12')
  }

  test('signs what has the form of an answer of ours', async () => {
    expect(await signAnswer(signer, MINER.address, TEXT)).toBe('0x12')
    expect(signed.splice(0)).toEqual([{ nonce: NONCE, caller: VALIDATOR.address, uuid: UUID }])
  })

  test.each([
    ['nothing', ''],
    ['a login', '<Bytes>log me in</Bytes>'],
    ['an answer of another miner', `${NONCE}.${MINER.address}.${VALIDATOR.address}.${UUID}`],
    ['a request, which ends in the hash of a body', `${TEXT}.${'a'.repeat(64)}`],
    ['more than one line', `${TEXT}\n`],
    ['something before it', `x${TEXT}`],
    ['a short nonce', TEXT.slice(1)],
  ])('refuses %s', async (_what, text) => {
    expect(await signAnswer(signer, MINER.address, text)).toBeUndefined()
    expect(signed).toEqual([])
  })

  test('has no signature where nobody signs, or the signer refuses or breaks', async () => {
    expect(await signAnswer(undefined, MINER.address, TEXT)).toBeUndefined()
    expect(await signAnswer(async () => err({ code: 'keys/no-wallet' }), MINER.address, TEXT)).toBeUndefined()
    expect(await signAnswer(() => Promise.reject(new Error('gone')), MINER.address, TEXT)).toBeUndefined()
  })
})
