import { type WordsOf, words } from './words.ts'

const PROBLEMS = {
  currency: 'The currency is not three capital letters, as EUR.',
  address: 'The address of the source is not a web address.',
  'not-encrypted':
    'The address begins with http:// and is not of this computer: anybody on the way could change the price.',
  credentials: 'The address holds a name or a password, which would stand readable in the settings.',
  path: 'The place of the price in the answer is not names joined by dots.',
} as const
const ANSWERS = {
  'not-json': 'It is not JSON.',
  'no-price': 'There is nothing at the place that was named.',
  'not-a-price': 'What stands at the place that was named is not a price above 0.',
} as const

export const fiatWords: WordsOf<'fiat'> = {
  'fiat/bad-source': ({ problem }) =>
    words('This source of prices cannot be used.', PROBLEMS[problem], 'Correct it, or pick one of the list.'),
  'fiat/no-answer': ({ host, reason }) =>
    words(
      'The source of prices gave none.',
      `${host}: ${reason}.`,
      'Nothing else depends on it. It is asked again in a minute; pick another one if it stays so.',
    ),
  'fiat/bad-answer': ({ host, problem }) =>
    words(
      'The answer of the source of prices could not be read.',
      `${host}: ${ANSWERS[problem]}`,
      'Look at the answer in a browser, and name the place of the price in it.',
    ),
}
