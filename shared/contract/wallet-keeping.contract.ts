import { z } from 'zod'
import { command, done, query, subscription } from './define.ts'
import { sealTo, secretAnswer, secretText } from './secret.ts'
import { hotkeyInfo, keyFormat, walletInfo } from './wallet-info.ts'
import { wire } from './wire.ts'

// What is done with wallets that are there: opened, shown, exported, renamed, resealed, removed and had back.
// `password`, `newPassword`, `sourcePassword`, `accountPassword`, `secret` and `words` are secret in every channel: a
// terminal takes them from the environment or standard input, never from an argument, and windows and terminals seal
// them, so that the host passes on what it cannot read (docs/adr/0019).

const name = z.string().min(1).max(64)
const password = secretText(1024)
const cryptoType = z.enum(['sr25519', 'ed25519']).optional()
const format = z.enum(['vault', 'btwallet'])
const path = z.string().min(1).max(4096)

const reading = z.object({ form: z.string(), cryptoType: z.enum(['sr25519', 'ed25519']), address: wire.ss58 })
const diagnosis = z.object({
  count: z.number(),
  problem: z.enum(['none', 'word-count', 'unknown-word', 'checksum', 'other-address']),
  /** Places count from 1. The words that were typed are not among the answers; candidates are words of the list. */
  unknown: z.array(z.object({ place: z.number(), candidates: z.array(z.string()).readonly() })).readonly(),
  repairs: z
    .array(
      z.union([
        z.object({ kind: z.literal('word'), place: z.number(), word: z.string() }),
        z.object({ kind: z.literal('swap'), place: z.number() }),
      ]),
    )
    .readonly(),
})
const trashEntry = z.object({
  id: z.string(),
  removedAtMs: z.number(),
  kind: z.enum(['wallet', 'hotkey']),
  wallet: z.string(),
  hotkey: z.string().optional(),
  address: wire.ss58.optional(),
  format: keyFormat,
})
export type TrashView = z.output<typeof trashEntry>
const trashId = z.string().max(64)

const work = z.object({
  id: z.number(),
  kind: z.string(),
  wallet: z.string().optional(),
  state: z.enum(['waiting', 'working', 'over']),
  /** Of one stretching of a password, 0 to 1, by the clock; some work stretches two or three times. */
  progress: z.number(),
})
export type WalletWork = z.output<typeof work>

const sealing = { password: password.optional(), format: format.optional() }

export const walletKeepingContract = {
  'wallet.wordList': query('The 2048 words of which wallets are made, for suggestions.', {
    input: z.strictObject({}),
    output: z.array(z.string()).readonly(),
  }),
  // A command, as it may neither be kept nor asked again by itself.
  'wallet.diagnoseWords': command(
    'Says what is wrong with words, by place, and what they may have been. Saves nothing.',
    {
      input: z.object({ words: secretText(4096), address: wire.ss58.optional(), sealTo }),
      output: secretAnswer(diagnosis),
    },
  ),
  'wallet.work': subscription('Which key file is being opened or sealed, and how far that is.', {
    input: z.strictObject({}),
    output: z.array(work).readonly(),
  }),
  'wallet.inspectSecret': command('Says to which addresses a seed, private key or words lead. Saves nothing.', {
    input: z.object({ secret: secretText(8192) }),
    output: z.array(reading).readonly(),
  }),
  'wallet.importSecret': command('Saves a wallet from a seed, a private key or words with a derivation path.', {
    input: z.object({
      name,
      secret: secretText(8192),
      password,
      cryptoType,
      address: wire.ss58.optional(),
      format: format.optional(),
    }),
    output: walletInfo,
  }),
  'wallet.inspectPolkadotJson': query('Lists the accounts of a polkadot.js export, without opening it.', {
    input: z.object({ json: z.string().max(1_048_576) }),
    output: z.array(reading).readonly(),
  }),
  'wallet.importPolkadotJson': command('Saves a wallet from an account file of polkadot.js and its relatives.', {
    input: z.object({
      name,
      json: z.string().max(1_048_576),
      /** Of the account file; `password` is the one of the new wallet. */
      sourcePassword: password,
      /** Of the account inside an export of several; default: the same as `sourcePassword`. */
      accountPassword: password.optional(),
      password,
      address: wire.ss58.optional(),
      format: format.optional(),
    }),
    output: walletInfo,
  }),
  'wallet.importWatchOnly': command('Adds a wallet to look at, from its address or the text of a coldkeypub.txt.', {
    input: z.object({ name, source: z.string().max(65_536), cryptoType }),
    output: walletInfo,
  }),
  'wallet.revealWords': command('Shows the words of a wallet after its password was given again.', {
    input: z.object({ name, password, sealTo }),
    output: secretAnswer(z.array(z.string()).readonly()),
  }),
  'wallet.exportBtwallet': command('Writes a folder for the official tools below another one. Never overwrites.', {
    input: z.object({ name, password, folder: path }),
    output: z.object({ path: z.string() }),
  }),
  'wallet.exportPolkadotJson': command('Gives the account file of a coldkey or hotkey, sealed with the password.', {
    input: z.object({ name, password, hotkey: name.optional() }),
    output: z.object({ fileName: z.string(), json: z.string() }),
  }),
  'wallet.rename': command('Gives a wallet another name.', {
    input: z.object({ name, newName: name }),
    output: walletInfo,
  }),
  'wallet.changePassword': command('Seals a coldkey, or a hotkey of the wallet, with another password.', {
    input: z.object({ name, password, newPassword: password, hotkey: name.optional() }),
    output: walletInfo,
  }),
  'wallet.convert': command('Seals a coldkey in the other format, with its own password.', {
    input: z.object({ name, password, format }),
    output: walletInfo,
  }),
  'wallet.remove': command('Puts a wallet with all its hotkeys into the trash.', {
    input: z.object({ name }),
    output: trashEntry,
  }),
  'wallet.trash': query('Removed wallets and hotkeys, newest first.', {
    input: z.strictObject({}),
    output: z.array(trashEntry).readonly(),
  }),
  'wallet.restore': command('Takes something back out of the trash, under its old name or another one.', {
    input: z.object({ id: trashId, newName: name.optional() }),
    output: walletInfo,
  }),
  'wallet.deleteForever': command('Deletes something in the trash for good. A sealed key asks for its password.', {
    input: z.object({ id: trashId, password }),
    output: done,
  }),
  'wallet.createHotkey': command('Makes a new hotkey in a wallet; sealed if a password is given.', {
    input: z.object({ wallet: name, name, cryptoType, ...sealing }),
    output: hotkeyInfo,
  }),
  'wallet.importHotkey': command('Saves a hotkey from words, a seed or a private key; sealed if a password is given.', {
    input: z.object({
      wallet: name,
      name,
      secret: secretText(8192),
      cryptoType,
      address: wire.ss58.optional(),
      ...sealing,
    }),
    output: hotkeyInfo,
  }),
  'wallet.importHotkeyFile': command('Copies a hotkey file of the official tools into a wallet.', {
    input: z.object({ wallet: name, name, path }),
    output: hotkeyInfo,
  }),
  'wallet.renameHotkey': command('Gives a hotkey another name.', {
    input: z.object({ wallet: name, name, newName: name }),
    output: walletInfo,
  }),
  'wallet.removeHotkey': command('Puts a hotkey into the trash.', {
    input: z.object({ wallet: name, name }),
    output: trashEntry,
  }),
  'wallet.unlockHotkey': command('Opens a sealed hotkey for mining. The lock of the wallet leaves it open.', {
    input: z.object({ wallet: name, name, password }),
    output: hotkeyInfo,
  }),
  'wallet.lockHotkey': command('Forgets an opened hotkey.', {
    input: z.object({ wallet: name, name }),
    output: done,
  }),
}
