import { expect, test } from 'vitest'
import type { Pace } from '../registration/recorded-course.ts'
import { paceSentence } from './watch-words.ts'

const pace = (registrations: number, blocks: number, from: Pace['from'] = 'recorded'): Pace => ({
  registrations,
  blocks,
  from,
})

test.each<[Pace | undefined, number, string]>([
  [undefined, 12_000, 'How many register in a day is unknown: too little was watched yet.'],
  [pace(24, 7_200), 12_000, 'Registrations seen in 7200 blocks, about 24 hours: 24, which is 24.0 a day.'],
  // Twenty-four times as many blocks in a day.
  [pace(24, 7_200), 500, 'Registrations seen in 7200 blocks, about one hour: 24, which is 576.0 a day.'],
  [pace(1, 83, 'still-there'), 500, 'Registrations in 83 blocks, about one minute: at least 1.'],
  [pace(0, 1), 12_000, 'Registrations seen in 1 block, about one minute: 0.'],
  [
    pace(3, 7_200, 'still-there'),
    12_000,
    'Registrations in 7200 blocks, about 24 hours: at least 3, which is 3.0 a day or more.',
  ],
])(
  'says how many register in a day by the blocks of the chain, and no more than was watched: %j',
  (of, blockMs, words) => {
    expect(paceSentence(of, blockMs)).toBe(words)
  },
)
