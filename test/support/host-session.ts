import { createHash } from 'node:crypto'
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { socketAsker } from '../../electron/cli/socket-asker.ts'
import type { WireReply } from '../../electron/host/router.ts'
import type { RunningHost } from './running-host.ts'

/** Published development words: everybody has them, so they may only ever hold play money. */
export const WORDS = 'bottom drive obey lake curtain smoke basket hold race lonely fit walk'
/** What btwallet itself wrote: a coldkey with a password, and a hotkey. */
export const OFFICIAL_WALLET: string = fileURLToPath(new URL('../../electron/keys/fixtures/official', import.meta.url))
export const LONG_PASSWORD = 'correct horse battery'

export interface HostSession {
  call(name: string, input?: object): Promise<WireReply>
  /** The value of a call that must succeed. */
  must<T>(name: string, input?: object): Promise<T>
  /** The first value of a subscription that satisfies `wanted`. */
  until<T>(name: string, wanted?: (value: T) => boolean): Promise<T>
  close(): Promise<void>
}

/** Speaks with a running host as the terminal does, without a process for each question: to prepare what a test needs. */
export async function sessionWith(host: Pick<RunningHost, 'url' | 'token'>): Promise<HostSession> {
  const asker = await socketAsker({ pid: 0, port: Number(new URL(host.url).port), token: host.token })
  return {
    call: (name, input = {}) => asker.call(name, input),
    async must<T>(name: string, input = {}) {
      const reply = await asker.call(name, input)
      if (!reply.ok) throw new Error(`${name}: ${JSON.stringify(reply)}`)
      return reply.value as T
    },
    until: <T>(name: string, wanted: (value: T) => boolean = () => true) =>
      new Promise<T>((resolve, reject) => {
        const stop = asker.subscribe(
          name,
          {},
          {
            reply: (reply) => {
              if (!reply.ok) reject(new Error(`${name}: ${JSON.stringify(reply)}`))
            },
            value: (value) => {
              if (!wanted(value as T)) return
              queueMicrotask(() => stop())
              resolve(value as T)
            },
          },
        )
      }),
    close: () => asker.close(),
  }
}

interface Portfolio {
  readonly data?: { readonly free: string; readonly positions: readonly { readonly netuid: number }[] }
}

/** A wallet from the published words, unlocked. */
export const importWallet = (session: HostSession, name = 'a'): Promise<{ readonly address: string }> =>
  session.must('wallet.importWords', { name, words: WORDS, password: LONG_PASSWORD })

/** Rao as text. */
export const freeBalance = async (session: HostSession): Promise<string> =>
  (await session.until<Portfolio>('portfolio.watch', ({ data }) => data !== undefined)).data?.free ?? 'none'

/** Waits until the views show this balance, rao as text. */
export const untilFree = (session: HostSession, free: string): Promise<unknown> =>
  session.until<Portfolio>('portfolio.watch', ({ data }) => data?.free === free)

/** Play money, and the wait until the views show it. */
export async function getRich(session: HostSession, amount = '100000000000'): Promise<void> {
  const before = BigInt(await freeBalance(session))
  await session.must('practice.playMoney', { amount })
  await session.until<Portfolio>('portfolio.watch', ({ data }) => BigInt(data?.free ?? 0) > before)
}

export const validatorOf = async (session: HostSession, netuid: number): Promise<string> =>
  (await session.must<readonly { readonly hotkey: string }[]>('subnets.validators', { netuid }))[0]?.hotkey ?? ''

/** Prepares, signs and sends a plan as the window does after the review. */
export async function signAndSend(session: HostSession, plan: unknown): Promise<void> {
  const { preparedId } = await session.must<{ preparedId: string }>('transaction.prepare', { plan: plan as object })
  await session.must('transaction.send', { preparedId })
}

/** @returns the address of a new hotkey of wallet `a`. */
export const createMiner = async (session: HostSession): Promise<string> =>
  (await session.must<{ address: string }>('wallet.createHotkey', { wallet: 'a', name: 'm1' })).address

/** Buys the hotkey a place on the subnet that can be mined, and waits until the views show what it cost. */
export async function registerMiner(session: HostSession, hotkey: string): Promise<void> {
  const before = BigInt(await freeBalance(session))
  const request = { netuid: 2, hotkey, tolerancePpm: 300_000 }
  await signAndSend(session, await session.must('registration.plan', request))
  await session.until<Portfolio>('portfolio.watch', ({ data }) => data !== undefined && BigInt(data.free) < before)
}

/** A wallet that btwallet wrote, its coldkey cut off within the head. @returns its folder. */
export function tornWallet(parent: string): string {
  const folder = join(parent, 'torn')
  mkdirSync(folder)
  copyFileSync(join(OFFICIAL_WALLET, 'coldkeypub.txt'), join(folder, 'coldkeypub.txt'))
  writeFileSync(join(folder, 'coldkey'), readFileSync(join(OFFICIAL_WALLET, 'coldkey')).subarray(0, 40))
  return folder
}

const hashOf = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex').slice(0, 16)

function filesBelow(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
  } catch {
    return []
  }
}

/** What a refusal must leave as it was: wallets and models on disk, the balance and stakes on chain, the ledger, the miner. */
export async function stateOf(host: RunningHost, session: HostSession): Promise<Readonly<Record<string, unknown>>> {
  const folders = ['wallets', join('practice', 'wallets'), 'models'].map((name) => join(host.data, name))
  // The signer's log may begin, or note what was refused.
  const kept = folders.flatMap(filesBelow).filter((path) => !/audit-\w+\.jsonl$/.test(path))
  const files = kept.map((path) => `${relative(host.data, path)} ${hashOf(path)}`)
  const wallets = await session.until<{ active?: object; wallets: readonly { name: string; unlocked: boolean }[] }>(
    'wallet.state',
  )
  const open = wallets.wallets.map(({ name, unlocked }) => `${name} ${unlocked ? 'unlocked' : 'locked'}`)
  const mining = await session.until<{ state: string }>('mining.status')
  if (!wallets.active) return { files, open }
  const { data } = await session.until<Portfolio>('portfolio.watch', (view) => view.data !== undefined)
  const records = await session.until<readonly { id: string; stage: string }[]>('activity.watch')
  return {
    files,
    open,
    mining: mining.state === 'failed' ? 'off' : mining.state,
    free: data?.free,
    staked: data?.positions.map(({ netuid }) => netuid),
    sent: records.length,
  }
}
