import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { cheapSeal } from '../../../electron/keys/fixtures/cheap-seal.ts'
import { passwordBytes } from '../../../electron/keys/on-wire.ts'
import { PROTOCOL, requestFrame } from '../../../electron/keys/wire.ts'
import { signerRequests } from '../../../electron/keys/wire-signer.ts'
import { walletRequests } from '../../../electron/keys/wire-wallets.ts'
import { ColdRoom } from '../../../electron/keys/worker/cold-room.ts'
import { serveKeys } from '../../../electron/keys/worker/dispatch.ts'
import { signerHandlers } from '../../../electron/keys/worker/signer/handlers.ts'
import type { Dice } from '../dice.ts'
import { FromSchema } from '../from-schema.ts'
import { jsonOf, junk, spoiledStructure } from '../mutate.ts'
import { Finding, OWNER_PASSWORD, SECRET_PASSWORD, type Target } from '../target.ts'
import { utf8 } from './keyfiles.ts'

const REQUESTS = [...walletRequests, ...signerRequests]
const FIXTURES = fileURLToPath(new URL('../../../electron/keys/fixtures/official', import.meta.url))
/** Their answers are words, by design; whoever asks has the window that shows them. */
const SPEAKS_WORDS: ReadonlySet<string> = new Set(['draft', 'word-list', 'reveal-words', 'diagnose-words'])

interface Frame {
  readonly id: number
  readonly request: Readonly<Record<string, unknown>> & { readonly kind: string }
}

/** Folders outside that the real worker could not see: it may look into one that the user named, and no other. */
const isInside = (folder: string, path: unknown): boolean =>
  path === undefined ||
  (typeof path === 'string' && path.startsWith(folder) && !path.includes('..') && !path.includes('\0'))

function roomIn(folder: string, answers: unknown[]) {
  const wallets = join(folder, 'wallets')
  mkdirSync(wallets, { recursive: true })
  const room = new ColdRoom(wallets, { seal: cheapSeal })
  const signer = signerHandlers({
    walletsFolder: wallets,
    keys: room,
    checkPassword: (wallet, password) => room.unlock({ wallet, password }),
  })
  const parts = { role: 'cold', handlers: { ...room.handlers(), ...signer }, meter: room.meter } as const
  return serveKeys(parts, (answer) => answers.push(answer))
}

/** An answer without the name that was asked for: a wallet that is not there is repeated, and a name is no place for a secret. */
function withoutName(answer: unknown): unknown {
  const { error, ...rest } = answer as { readonly error?: object }
  return error === undefined ? answer : { ...rest, error: { ...error, name: '' } }
}

/** Every request of the wire, to the room of the coldkeys with wallets in it, one of them open. */
export const keysWorker: Target = {
  name: 'keys-worker',
  cases: 10_000,
  slice: 250,
  async prepare() {
    const folder = mkdtempSync(join(tmpdir(), 'taoforge-fuzz-keys-'))
    cpSync(FIXTURES, join(folder, 'official'), { recursive: true })
    const answers: unknown[] = []
    const serve = roomIn(folder, answers)
    // A new one each time: the worker wipes what a request carried.
    const sealing = () => ({ password: passwordBytes(OWNER_PASSWORD), format: 'vault', cryptoType: 'sr25519' })
    const ask = (request: object) => serve({ id: 1, request })
    await serve({ hello: PROTOCOL })
    for (const [at, name] of ['owner', 'other'].entries())
      await ask({ kind: 'import-secret', name, secret: utf8(String(at + 1).repeat(64)), ...sealing() })
    await ask({ kind: 'create-hotkey', wallet: 'owner', name: 'miner' })
    await ask({ kind: 'unlock', wallet: 'owner', password: sealing().password })
    const wrong = { trimmed: utf8(SECRET_PASSWORD) }
    const schemas = new FromSchema({
      wallet: ['owner', 'other', 'nobody'],
      path: [join(folder, 'official'), join(folder, 'none'), folder],
      folder: [join(folder, 'out')],
      password: [
        wrong,
        { ...wrong, untrimmed: utf8(` ${SECRET_PASSWORD}`) },
        { to: '11'.repeat(32), enc: '22'.repeat(32), box: '33'.repeat(40) },
      ],
      json: ['{}', '{"encoded":"","encoding":{"content":["pkcs8","sr25519"],"type":["none"],"version":"3"}}'],
      format: ['vault'],
    })
    return {
      make(dice: Dice) {
        if (dice.percent(4)) return junk(dice)
        const request = schemas.make(dice.one(REQUESTS), dice)
        const spoiled = dice.percent(55) ? spoiledStructure(request, dice) : request
        // A copy, as the pipe makes one: the worker wipes the secrets of what it received.
        return structuredClone({ id: dice.percent(97) ? 7 : junk(dice), request: spoiled })
      },
      async run(input) {
        const frame = requestFrame.safeParse(input)
        const { request } = (frame.success ? frame.data : { request: { kind: '' } }) as unknown as Frame
        const { kind, path, folder: out } = request
        if (!isInside(folder, path) || !isInside(folder, out) || request['format'] === 'btwallet') return undefined
        answers.length = 0
        await serve(input)
        for (const answer of answers)
          if (jsonOf(answer).includes('keys/worker-died')) throw new Finding(`${kind}: a defect inside the worker`)
        return SPEAKS_WORDS.has(kind) ? undefined : answers.map(withoutName)
      },
      end: async () => rmSync(folder, { recursive: true, force: true }),
    }
  },
}
