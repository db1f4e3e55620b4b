import type { AppContract } from '../../shared/contract/contract.ts'
import type { KeysRequestKind, KeysRole, RequestOf } from './wire.ts'
import type { SecretField } from './wire-parts.ts'

type Carries<K extends KeysRequestKind> = Extract<keyof RequestOf<K>, SecretField | 'sealTo'>
/** Requests that carry a secret, or are answered with one. */
type SecretKind = { [K in KeysRequestKind]: Carries<K> extends never ? never : K }[KeysRequestKind]

/** What a secret is sealed for: the channel on which the request comes. In a request of another kind it does not open. */
const CHANNELS = {
  draft: 'wallet.draft',
  create: 'wallet.create',
  unlock: 'wallet.unlock',
  'import-words': 'wallet.importWords',
  'diagnose-words': 'wallet.diagnoseWords',
  'inspect-secret': 'wallet.inspectSecret',
  'import-secret': 'wallet.importSecret',
  'import-polkadot': 'wallet.importPolkadotJson',
  'reveal-words': 'wallet.revealWords',
  'nacl-coldkey': 'wallet.exportBtwallet',
  'export-polkadot': 'wallet.exportPolkadotJson',
  'change-password': 'wallet.changePassword',
  convert: 'wallet.convert',
  'delete-forever': 'wallet.deleteForever',
  'create-hotkey': 'wallet.createHotkey',
  'import-hotkey': 'wallet.importHotkey',
  'unlock-hotkey': 'wallet.unlockHotkey',
  'set-policy': 'signer.setPolicy',
} as const satisfies { readonly [K in SecretKind]: keyof AppContract }

/** `undefined` for a request in which nothing secret has a place. */
export const channelOf = (kind: string): string | undefined =>
  Object.hasOwn(CHANNELS, kind) ? CHANNELS[kind as SecretKind] : undefined

/** Which process serves what is secret on a channel; `undefined` where nothing is. */
export function roleServing(channel: string): KeysRole | undefined {
  if (channel === CHANNELS['unlock-hotkey']) return 'hot'
  return (Object.values(CHANNELS) as readonly string[]).includes(channel) ? 'cold' : undefined
}
