import { type WordsOf, words } from './words.ts'

const PROBLEMS = {
  address: 'The address is not a web address.',
  'not-encrypted':
    'The address begins with http:// and is not of this computer: anybody on the way could read what is sent.',
  credentials: 'The address holds a name or a password, which would stand readable in the settings.',
  private: 'It is an address within a network, or none that a computer of the internet can have.',
} as const

export const alertErrorWords: WordsOf<'alerts'> = {
  'alerts/bad-webhook': ({ problem }) =>
    words(
      'Alerts cannot be sent to this address.',
      PROBLEMS[problem],
      'Correct it: https:// and the address of a server.',
    ),
  'alerts/no-webhook': () => words('Nothing was sent.', 'No address for alerts is set.', 'Set one, then try it.'),
  'alerts/not-delivered': ({ host, reason }) =>
    words(
      'The alert was not taken.',
      `${host}: ${reason}.`,
      'Look at that server and at the address, and try it again. In the window the alert stands in any case.',
    ),
}
