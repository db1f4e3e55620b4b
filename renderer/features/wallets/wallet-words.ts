import type { KeyFormat } from '../../../shared/contract/wallet-info.ts'

export const FORMAT_WORDS: Readonly<Record<KeyFormat, string>> = {
  vault: 'app’s vault',
  nacl: '$NACL',
  ansible: 'Ansible Vault',
  fernet: 'Fernet',
  plain: 'not encrypted',
  'watch-only': 'watch only',
}

export type Weakness = 'constant-salt' | 'old-cipher' | 'plain-text'
/** Title and reason, for people who never heard of a salt. */
export const WEAKNESS_WORDS: Readonly<Record<Weakness, readonly [string, string]>> = {
  'constant-salt': [
    'This file is easier to guess than the app’s vault.',
    'Every file of this format is sealed with the same salt, so passwords that were tried once, for anybody’s file, need not be computed again for yours. The app’s vault has a salt of its own: whoever wants to guess must begin anew, for your file alone.',
  ],
  'old-cipher': [
    'This file uses an old cipher.',
    'Testing one password against it costs far less computing than it should today. A thief who copied the file can try millions.',
  ],
  'plain-text': [
    'This file is not encrypted.',
    'Whoever can read the file has the key: a backup, another program, a thief with the disk.',
  ],
}

/** In the words of people who hold such a secret. */
export const FORM_WORDS: Readonly<Record<string, string>> = {
  words: 'Words',
  development: 'Development words that everybody knows: never keep money there',
  seed: 'Hex seed',
  'private-key': 'Private key, as key files store it',
  'polkadot-key': 'Private key, as polkadot.js stores it',
  'ed25519-key': 'Private key with its public key',
  'polkadot-json': 'Account of the file',
}
