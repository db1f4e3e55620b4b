import { plainAmount, shortAddress } from './plain-text.ts'
import { type WordsOf, words } from './words.ts'

const BLOCK_SECONDS = 12

/** Seats on root, and hotkeys that become others. */
export const placeWords: WordsOf<'place'> = {
  'place/same-hotkey': () =>
    words(
      'It is the same hotkey.',
      'The new hotkey is the one that has the places already.',
      'Choose another hotkey of this wallet, or create one.',
    ),
  'place/none': (error) =>
    words(
      'There is no place to give.',
      `${shortAddress(error.hotkey)} has no place ${error.netuid === undefined ? 'on any subnet' : `on netuid ${error.netuid}`}.`,
      'Choose the hotkey that has the place, or register the new one.',
    ),
  'place/stake-needs-subnet': () =>
    words(
      'Stake can stay behind on one subnet at a time.',
      'Where a hotkey loses all of its places at once, some versions of the chain forget its owner, and stake that stayed could not be moved any more.',
      'Choose one subnet, or let the stake come along.',
    ),
  'place/swap-too-soon': (error) =>
    words(
      'The last change was too short a time ago.',
      `The chain lets a coldkey replace a hotkey once in a while; ${error.blocksLeft} blocks are left, about ${Math.ceil((error.blocksLeft * BLOCK_SECONDS) / 60)} minutes at mainnet’s pace.`,
      'Wait until then. Nothing was paid.',
    ),
  'place/stake-bound': (error) =>
    words(
      'A part of this stake is bound to the place.',
      `${plainAmount(error.locked)} alpha behind ${shortAddress(error.hotkey)} on netuid ${error.netuid} is collateral of the place, and goes where the place goes.`,
      'Let the stake come along. Nothing was paid.',
    ),
  'place/busy-on-root': (error) =>
    words(
      'The new hotkey has stake on root already.',
      `What root stake behind ${shortAddress(error.hotkey)} earned cannot be joined with that of the old hotkey.`,
      'Choose a hotkey that was never staked to on root, or replace it on one subnet only.',
    ),
  'place/root-full': (error) =>
    words(
      'All seats on root are taken by hotkeys with more stake.',
      `The weakest of them has ${plainAmount(error.weakest)} TAO behind it; this hotkey has ${plainAmount(error.own)} TAO.`,
      'Stake more to this hotkey on root first. Nothing was paid.',
    ),
  'place/too-many-rules': (error) =>
    words(
      'Too many rules wait already.',
      `At most ${error.most} rules wait for a price at the same time.`,
      'Take one back first.',
    ),
  'place/unknown-rule': () =>
    words(
      'No such rule waits.',
      'It bought, its time was over, or it was taken back before.',
      'Look at the list of rules to see what became of it.',
    ),
  'place/rule-for-nothing': () =>
    words(
      'A rule needs an amount above 0.',
      'No place costs nothing, so this rule would wait in vain.',
      'Enter the most that the place may cost. No rule was set.',
    ),
  'place/other-wallet': () =>
    words(
      'Another wallet is shown.',
      'A rule buys with the wallet that was shown when it was set, and with no other.',
      'Show that wallet and unlock it, or take the rule back.',
    ),
}
