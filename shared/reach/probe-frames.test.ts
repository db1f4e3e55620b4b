import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  askFrame,
  challengeFrame,
  FRAME_BYTES,
  helloFrame,
  hereFrame,
  knockFrame,
  NONCE_BYTES,
  PROBE_RESULTS,
  PROOF_BYTES,
  readAsk,
  readChallenge,
  readHello,
  readHere,
  readKnock,
  readResult,
  resultFrame,
  SEEN_BYTES,
  vouched,
} from './probe-frames.ts'

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length })
const nonce = bytes(NONCE_BYTES)
const proof = bytes(PROOF_BYTES)

describe('the frames of a probe', () => {
  test('read back what was written', () => {
    fc.assert(
      fc.property(nonce, proof, fc.integer({ min: 0, max: 65_535 }), bytes(SEEN_BYTES), (n, p, port, seen) => {
        expect(readHello(helloFrame(n))).toEqual(n)
        expect(readChallenge(challengeFrame(n))).toEqual(n)
        expect(readAsk(askFrame({ port, nonce: n }, p))).toEqual({ port, nonce: n, proof: p })
        expect(readKnock(knockFrame(n, p))).toEqual({ nonce: n, proof: p })
        expect(readHere(hereFrame(p))).toEqual(p)
        for (const result of PROBE_RESULTS)
          expect(readResult(resultFrame(result, seen, p))).toEqual({ result, seen, proof: p })
      }),
    )
  })

  test('a helper never sends more bytes than it was sent', () => {
    // To somebody who proved nothing.
    expect(FRAME_BYTES.challenge).toBeLessThanOrEqual(FRAME_BYTES.hello)
    // To somebody with the key, counting nothing that the knocked port says.
    expect(FRAME_BYTES.challenge + FRAME_BYTES.knock + FRAME_BYTES.result).toBeLessThanOrEqual(
      FRAME_BYTES.hello + FRAME_BYTES.ask,
    )
  })

  test('no frame passes for another one, and no bytes make reading throw', () => {
    const readers = [readHello, readChallenge, readAsk, readKnock, readHere, readResult]
    const n = new Uint8Array(NONCE_BYTES)
    const p = new Uint8Array(PROOF_BYTES)
    const frames = [
      helloFrame(n),
      challengeFrame(n),
      askFrame({ port: 1, nonce: n }, p),
      knockFrame(n, p),
      hereFrame(p),
      resultFrame('open', new Uint8Array(SEEN_BYTES), p),
    ]
    for (const [i, one] of frames.entries()) {
      for (const [j, read] of readers.entries()) {
        expect(read(one) !== undefined).toBe(i === j)
        expect(read(one.slice(0, -1))).toBeUndefined()
      }
    }
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 120 }), (some) => {
        for (const read of readers) read(some)
      }),
    )
  })

  test('a proof of one sentence is none of another', () => {
    const talk = { asker: new Uint8Array(16).fill(1), helper: new Uint8Array(16).fill(2) }
    const ask = { port: 8091, nonce: new Uint8Array(16).fill(3) }
    const sentences = [
      vouched.ask(talk, ask),
      vouched.here(talk, ask),
      vouched.knock(talk, ask.nonce),
      ...PROBE_RESULTS.map((result) => vouched.result(talk, result, new Uint8Array(SEEN_BYTES))),
      vouched.ask({ asker: talk.helper, helper: talk.asker }, ask),
      vouched.ask(talk, { ...ask, port: 8092 }),
    ].map((sentence) => Buffer.from(sentence).toString('hex'))
    expect(new Set(sentences).size).toBe(sentences.length)
  })
})
