import { z } from 'zod'
import { command, done, nothing, query, subscription } from './define.ts'
import { sealingKey, sealTo, secretAnswer, secretOf, secretText } from './secret.ts'
import { hotkeyInfo, walletInfo } from './wallet-info.ts'
import { walletKeepingContract } from './wallet-keeping.contract.ts'
import { wire } from './wire.ts'

export type { WalletView } from './wallet-info.ts'

const name = z.string().min(1).max(64)
const password = secretText(1024)

const cryptoType = z.enum(['sr25519', 'ed25519']).optional()
const format = z.enum(['vault', 'btwallet']).optional()

export const walletState = z.object({
  wallets: z.array(walletInfo).readonly(),
  /** The wallet that all views show. */
  active: walletInfo.optional(),
  /** When the coldkey locks by itself, ms since 1970; absent while locked or when auto-lock is off. */
  locksAtMs: z.number().optional(),
  /** The last lock since the app started, and why it came. */
  lastLock: z
    .object({ atMs: z.number(), reason: z.enum(['asked', 'idle', 'suspend', 'screen-lock', 'ended']) })
    .optional(),
})
export type WalletState = z.output<typeof walletState>

const found = z.object({
  name: z.string(),
  path: z.string(),
  address: wire.ss58.optional(),
  watchOnly: z.boolean(),
  encrypted: z.boolean(),
  hotkeys: z.array(hotkeyInfo).readonly(),
})

export const walletContract = {
  'wallet.state': subscription('All wallets of this computer and which one is active.', {
    input: nothing,
    output: walletState,
  }),
  // A command, as each key is for one request and is not given twice.
  'wallet.sealingKey': command('Gives a one-time public key, to which the secrets of one request are sealed.', {
    input: z.object({ channel: z.string().max(64) }),
    output: sealingKey,
  }),
  'wallet.draft': command('Makes 12 or 24 new words. They are shown once and kept by the keys process only.', {
    input: z.object({ count: z.literal([12, 24]).optional(), sealTo }),
    output: secretAnswer(z.object({ draftId: z.string(), words: z.array(z.string()).readonly() })),
  }),
  'wallet.create': command('Saves the drafted wallet after three of its words were given back.', {
    input: z.object({
      draftId: z.string(),
      name,
      password,
      cryptoType,
      format,
      checks: secretOf(
        z.array(z.object({ position: z.number().int().min(0).max(23), word: z.string().max(20) })).max(24),
      ),
    }),
    output: walletInfo,
  }),
  'wallet.importWords': command('Saves a wallet from its words.', {
    input: z.object({ name, words: secretText(1000), password, cryptoType, format }),
    output: walletInfo,
  }),
  'wallet.inspectFolder': query('Lists the wallets of a btwallet folder, without opening them.', {
    input: z.object({ path: z.string().max(4096) }),
    output: z.array(found).readonly(),
  }),
  'wallet.importFolder': command('Copies one btwallet folder into this app. The original stays as it is.', {
    input: z.object({ path: z.string().max(4096), name }),
    output: walletInfo,
  }),
  'wallet.select': command('Makes a wallet the active one.', { input: z.object({ name }), output: walletState }),
  'wallet.unlock': command('Opens the coldkey of a wallet for signing.', {
    input: z.object({ name, password }),
    output: walletState,
  }),
  'wallet.lock': command('Forgets all opened coldkeys by ending the keys process.', { input: nothing, output: done }),
  ...walletKeepingContract,
}
