import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readLogLine } from './log-line.ts'
import { redact, redactFacts } from './redact.ts'
import { reportText } from './report-text.ts'

const WORDS = 'bottom drive obey lake curtain smoke basket hold race lonely fit walk'
const SEED = '0xe5be9a5092b81bca64be81d212e7f2f9eba183bb7a90954f7b76361f6edb5c0a'
const ADDRESS = '5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY'
const BASE64 = 'MFMCAQEwBQYDK2VwBCIEIOW+mlCSuBvKZL6B0hLn8vnroYO7epCVT3t2Nh9u21wKoSMDIQDUNZPHFf'

describe('what a text may not keep', () => {
  test.each([
    ['wallet words', `import of ${WORDS} failed`, 'curtain'],
    ['wallet words as JSON', JSON.stringify(WORDS.split(' ')), 'lonely'],
    ['wallet words in lines', WORDS.replaceAll(' ', '\n'), 'basket'],
    ['half of the words', WORDS.split(' ').slice(0, 6).join(' '), 'curtain'],
    ['a seed in hex', `seed was ${SEED}`, SEED.slice(10, 30)],
    ['16 bytes in hex', 'got 0102030405060708090a0b0c0d0e0f10 back', '0708090a'],
    ['a key in base64', `"encoded":"${BASE64}"`, BASE64.slice(8, 30)],
    ['a password by its name', 'open failed, password="correct horse" given', 'correct horse'],
    ['a password in JSON', '{"password":"hunter2 \\" and more","a":1}', 'hunter2'],
    ['a password in JSON within JSON', JSON.stringify(JSON.stringify({ password: 'hunter2' })), 'hunter2'],
    ['a password with a colon', 'password: hunter2', 'hunter2'],
    ['a bearer token', 'Authorization: Bearer eyJhbGciOi.J9.abc_def', 'eyJhbGciOi'],
    ['a bearer token alone', 'sent bearer abcdef.123-456', 'abcdef'],
    ['a session cookie', 'cookie: session=abc123', 'abc123'],
    ['an API key by its name', 'api_key=sk_live_1', 'sk_live_1'],
    ['a well-known API key', 'used sk-proj-AbCdEf0123456789', 'AbCdEf0123'],
    ['a Hugging Face token', 'hf_AbCdEfGhIjKlMnOpQr', 'AbCdEfGh'],
    ['a token in an address', 'http://127.0.0.1:8090/#token=abcDEF123', 'abcDEF123'],
    ['a key in an address', 'wss://me:secretword@node.example', 'secretword'],
    ['a request that could not be parsed', `Unexpected token 'W', "What is the capital" is not valid JSON`, 'capital'],
    ['a long one, as V8 shortens it', `Expected ',' at 9, ..."private question "... is not valid JSON`, 'question'],
    ['a file of keys', '-----BEGIN PRIVATE KEY-----\nMIIabc\n-----END PRIVATE KEY-----', 'MIIabc'],
    ['a prompt by its name', '{"prompt":"tell me a secret thing"}', 'thing'],
    ['content of a message', '{"role":"user","content":"my diagnosis"}', 'diagnosis'],
  ])('%s', (_what, text, gone) => {
    expect(redact(text)).not.toContain(gone)
  })

  test.each([
    'could not open the file because another process holds the lock',
    'TypeError: Cannot read properties of undefined (reading "length")',
    `asked by ${ADDRESS}`,
    'at AxonProcess.start (/home/someone/taoforge/electron/axon/axon-process.ts:88:11)',
    '127.0.0.1:8091 at block 9583214, code chain/not-connected',
  ])('but these stay: %s', (text) => {
    expect(redact(text)).toBe(text)
  })

  test('a fact by its name, whatever it is', () => {
    const facts = { password: 'x', apiKey: 'y', newToken: 'z', words: 'a b', body: '{}', messages: 'hi', tokens: 12 }
    expect(redactFacts({ ...facts, code: 'ok', gone: undefined })).toEqual({
      password: '[left out]',
      apiKey: '[left out]',
      newToken: '[left out]',
      words: '[left out]',
      body: '[left out]',
      messages: '[left out]',
      tokens: 12,
      code: 'ok',
    })
  })

  test('random bytes in hex are never told, wherever they stand', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 64 }), fc.string(), (bytes, around) => {
        const hex = Buffer.from(bytes).toString('hex')
        expect(redact(`${around} ${hex} ${around}`)).not.toContain(hex)
      }),
    )
  })

  test('a giant text costs little and stays small', () => {
    expect(redact('word '.repeat(2_000_000)).length).toBeLessThan(1_100)
  })

  test('nothing steers a terminal or turns the direction of text', () => {
    expect(redact('a\u001b[31mb\u202ec\u009bd')).toBe('a·[31mb·c·d')
  })
})

test('a line that was cut is none', () => {
  const line = { time: '2026-01-01T00:00:00.000Z', level: 'warn', event: 'a.b', facts: { code: 'x' } } as const
  expect(readLogLine(JSON.stringify(line))).toEqual(line)
  for (const text of ['', '{', JSON.stringify(line).slice(0, 40), '[]', '{"time":1}', 'null'])
    expect(readLogLine(text)).toBeUndefined()
})

test('a report numbers addresses, servers and folders, the same ones alike', () => {
  const facts = {
    a: `from ${ADDRESS}`,
    b: 'wss://node.example/KEY',
    c: 'at 203.0.113.9',
    d: '/home/jane/x',
    e: ADDRESS,
  }
  const line = { time: 't', level: 'warn', event: 'x.y', facts } as const
  const text = reportText({ version: '1', host: 'cli', network: 'Practice', atMs: 0 }, [line, line])
  for (const gone of [ADDRESS, 'node.example', '203.0.113.9', 'jane']) expect(text).not.toContain(gone)
  expect(text).toContain('a=from [address 1] b=[server 1] c=at [ip 1] d=~/x e=[address 1]')
  expect(text.match(/\[address 1\]/g)).toHaveLength(4)
})
