import { expect, test } from 'vitest'
import { readBackendAddress } from './backend-address.ts'

test.each([
  ['http://127.0.0.1:8000', 'http://127.0.0.1:8000/v1', 'this-computer'],
  ['http://localhost:8000/', 'http://localhost:8000/v1', 'this-computer'],
  ['http://[::1]:8080/v1/', 'http://[::1]:8080/v1', 'this-computer'],
  [' http://192.168.1.20:8000/v1 ', 'http://192.168.1.20:8000/v1', 'own-network'],
  ['http://10.0.0.7/llm/v1', 'http://10.0.0.7/llm/v1', 'own-network'],
  ['HTTPS://GPU.Example.org', 'https://gpu.example.org/v1', 'elsewhere'],
  ['https://8.8.8.8:443/openai/v1', 'https://8.8.8.8:443/openai/v1', 'elsewhere'],
])('%s is asked at %s', (typed, base, where) => {
  expect(readBackendAddress(typed)).toMatchObject({ ok: true, value: { base, where } })
})

test.each([
  ['http://gpu.example.org:8000', 'not-encrypted'],
  // A name can be anybody's, also one that looks like home.
  ['http://gpu.local', 'not-encrypted'],
  ['http://8.8.8.8:8000/v1', 'not-encrypted'],
  ['https://me:secret@gpu.example.org', 'credentials'],
  ['ftp://127.0.0.1', 'address'],
  ['127.0.0.1:8000', 'address'],
  ['http://127.0.0.1:0', 'address'],
  ['http://127.0.0.1:70000', 'address'],
  ['http://127.1:8000', 'address'],
  ['http://2130706433', 'address'],
  ['http://0.0.0.0:8000', 'address'],
  ['http://224.0.0.1', 'address'],
  ['http://[::1', 'address'],
  ['http://[gg::1]', 'address'],
  ['https://gpu.example.org/v1?key=1', 'address'],
  ['https://gpu.example.org/v1#x', 'address'],
  ['https://gpu..example.org', 'address'],
  ['https://gpu.example.org/v1\r\nhost: x', 'address'],
  ['', 'address'],
  [`https://gpu.example.org/${'x'.repeat(600)}`, 'address'],
])('%s is refused: %s', (typed, problem) => {
  expect(readBackendAddress(typed)).toEqual({ ok: false, error: problem })
})

test('unencrypted and elsewhere is taken from whoever read what it means, and nothing else is', () => {
  expect(readBackendAddress('http://gpu.local:8000', true)).toMatchObject({
    ok: true,
    value: { encrypted: false, where: 'elsewhere', origin: 'http://gpu.local:8000' },
  })
  expect(readBackendAddress('http://x@gpu.local', true)).toEqual({ ok: false, error: 'credentials' })
})
