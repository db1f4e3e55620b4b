import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type PairingCode, readPairingCode, SECRET_BYTES, writePairingCode } from './pairing-code.ts'

const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const codes: fc.Arbitrary<PairingCode> = fc.record({
  address: fc.constantFrom('192.168.1.20', '2001:db8::7', 'gpu-1.example.org', 'localhost'),
  port: fc.integer({ min: 1, max: 65_535 }),
  secret: fc.uint8Array({ minLength: SECRET_BYTES, maxLength: SECRET_BYTES }),
})
const LONGEST = { numRuns: 60 }

test('what is written is read again, however it was typed', () => {
  fc.assert(
    fc.property(codes, (code) => {
      const text = writePairingCode(code)
      expect(readPairingCode(text)).toEqual({ ok: true, value: code })
      const [head, secret = ''] = text.split('/')
      const typed = secret.toLowerCase().replaceAll('-', '').replaceAll('0', 'o').replaceAll('1', 'l')
      expect(readPairingCode(`  ${head}/${typed}\n`)).toEqual({ ok: true, value: code })
    }),
    LONGEST,
  )
})

test('one wrong letter, and two that changed places, are told before anybody is asked', () => {
  fc.assert(
    fc.property(codes, fc.nat(27), fc.nat(27), fc.nat(31), (code, at, other, value) => {
      const [head, secret = ''] = writePairingCode(code).split('/')
      const letters = [...secret.replaceAll('-', '')]
      const wrong = letters.with(at, LETTERS[value] ?? '')
      if (wrong[at] !== letters[at])
        expect(readPairingCode(`${head}/${wrong.join('')}`)).toEqual({ ok: false, error: 'mistyped' })
      const swapped = letters.with(at, letters[other] ?? '').with(other, letters[at] ?? '')
      // The check itself is written in the order of its value; inside of the secret every swap shows.
      if (at < 26 && other < 26 && swapped.join() !== letters.join())
        expect(readPairingCode(`${head}/${swapped.join('')}`)).toEqual({ ok: false, error: 'mistyped' })
    }),
    LONGEST,
  )
})

test.each([
  '',
  'taoforge-probe:192.0.2.1:8092/AAAAAAAAAAAAAAAAAAAAAA',
  'taoforge-fleet:192.0.2.1:0/0000-0000-0000-0000-0000-0000-0000',
  'taoforge-fleet:192.0.2.1:70000/0000-0000-0000-0000-0000-0000-0000',
  'taoforge-fleet:a b:8094/0000-0000-0000-0000-0000-0000-0000',
  'taoforge-fleet:192.0.2.1:8094/0000-0000-0000-0000-0000-0000-000',
  `taoforge-fleet:${'a'.repeat(300)}:8094/0000-0000-0000-0000-0000-0000-0000`,
])('%j is no code', (text) => {
  expect(readPairingCode(text)).toEqual({ ok: false, error: 'shape' })
})
