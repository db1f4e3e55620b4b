import type { RuleState } from '../care/care-state.ts'
import type { BlindRule } from '../care/judge-care.ts'
import type { WhyUnknown } from '../care/readings.ts'
import { assertNever } from '../result.ts'

/** Why a reading is unknown, in one sentence. @param source  who would tell */
export function unknownSentence(why: WhyUnknown, source: string): string {
  switch (why) {
    case 'no-tool':
      return `${source} is not installed.`
    case 'no-answer':
      return `${source} does not answer.`
    case 'not-permitted':
      return `The system lets only its administrator read it (${source}).`
    case 'not-offered':
      return 'Nothing on this computer tells it.'
    case 'not-understood':
      return `${source} said something that this app does not understand.`
    case 'no-device':
      return 'There is no such device.'
    case 'first-look':
      return 'It takes a second look, in a moment.'
    case 'too-old':
      return 'The last reading is too old to go by.'
    default:
      return assertNever(why)
  }
}

/** What a rule does that cannot see what it goes by. */
export function blindSentence({ rule, part, does }: BlindRule): string {
  const then = does === 'hold' ? 'The miner waits.' : 'The miner goes on all the same.'
  switch (rule) {
    case 'heat':
      return `The temperature of the ${part ?? 'computer'} is not known. ${then}`
    case 'battery':
      return `Whether this computer runs on its battery is not known. ${then}`
    case 'idle':
      return `When somebody last touched this computer is not known any more. ${then}`
    default:
      return assertNever(rule)
  }
}

/** What the rule that starts the miner does now. */
export const RULE_WORDS: Readonly<Record<RuleState['state'], string>> = {
  off: 'It starts by hand only.',
  'nothing-confirmed': 'It has nothing to start on this network: start the miner once by hand.',
  'by-hand': 'A person started the miner, so the rule leaves it alone.',
  runs: 'The rule started the miner.',
  waits: 'The rule starts the miner when nothing speaks against it any more.',
  'stood-down': 'A person stopped the miner. The rule starts it with the next hours, or the next time without input.',
  refused: 'The rule could not start the miner, and tries again.',
  'gave-up': 'The miner died too often. A person has to start it.',
}
