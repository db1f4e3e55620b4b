import { plainAmount, shortAddress } from './plain-text.ts'
import { type WordsOf, words } from './words.ts'

/** Why a transaction travels in the open, in one sentence. */
export const SHIELD_REASONS = {
  'not-a-trade': 'It changes no price, so nobody gains by knowing of it early.',
  root: 'On root one alpha is one TAO, so nobody gains by knowing of it early.',
  proxied: 'The chain takes no shielded call that acts for another account.',
  hotkey: 'Calls signed by a hotkey move no stake.',
  'not-offered': 'The chain of this version has no shield.',
  'no-key': 'The chain names no key to encrypt with at this moment.',
  'too-fast': 'Blocks come so fast here that the key would change before it is used.',
  'too-long': 'It is longer than what the chain lets a cover hold.',
  'air-gapped': 'The key is on another device: it would have to sign two codes within eight blocks.',
  'cannot-pay-cover':
    'A cover is paid in TAO only, and the free TAO does not reach for the cover, for what is in it, and for what the account must keep.',
  'cover-unknown': 'It is not known what the cover costs, or whether the free TAO reaches for it.',
  'turned-off': 'You turned it off for this one.',
} as const

const ALREADY = {
  partial: 'A part of it was carried out, and the chain cancels only orders that it has not begun.',
  fulfilled: 'It was carried out before.',
  cancelled: 'It was cancelled before.',
  expired: 'Its time is over: nobody can carry it out any more, and to cancel it would only cost the network fee.',
} as const

export const holdingWords: WordsOf<'lock' | 'burn' | 'auto-stake' | 'root' | 'order' | 'shield'> = {
  'lock/other-hotkey': (error) =>
    words(
      'The lock is for another hotkey.',
      `There is one lock for each subnet. Yours on netuid ${error.netuid} is for ${shortAddress(error.hotkey)}.`,
      'Add to that lock, or move it to the hotkey that you mean first.',
    ),
  'lock/more-than-stake': (error) =>
    words(
      'You do not hold that much.',
      `Of ${plainAmount(error.total)} alpha on netuid ${error.netuid}, ${plainAmount(error.locked)} are locked already.`,
      'Lock less, or stake more there first.',
    ),
  'lock/none': (error) =>
    words(
      'Nothing is locked there.',
      `You have no lock on netuid ${error.netuid}.`,
      'Lock stake there first, or choose a subnet where you have a lock.',
    ),
  'burn/on-root': () =>
    words(
      'Stake on root cannot be destroyed.',
      'On root it is TAO, not the alpha of a subnet.',
      'Choose a position on a subnet.',
    ),
  'burn/words-missing': (error) =>
    words(
      'The words that confirm it are missing.',
      'What is destroyed comes back to nobody, so it is not done by a button alone.',
      `Type “${error.words}” to go on, or leave it.`,
    ),
  'burn/more-than-out': (error) =>
    words(
      'The subnet has not issued that much.',
      `Only ${plainAmount(error.out)} alpha of netuid ${error.netuid} are outside its pool.`,
      'Enter less.',
    ),
  'auto-stake/same': (error) =>
    words(
      'It is set so already.',
      `What you mine on netuid ${error.netuid} goes to ${shortAddress(error.hotkey)} now.`,
      'Choose another hotkey, or leave it.',
    ),
  'auto-stake/not-registered': (error) =>
    words(
      'This hotkey has no place on the subnet.',
      `${shortAddress(error.hotkey)} is not registered on netuid ${error.netuid}.`,
      'Choose a hotkey that is registered there.',
    ),
  'root/nothing-owed': () =>
    words(
      'There is nothing to claim.',
      'Your stake on root has earned nothing that was not claimed yet.',
      'Wait for dividends; nothing expires.',
    ),
  'root/below-threshold': (error) =>
    words(
      'The chain would pay nothing.',
      `${plainAmount(error.owed)} TAO are owed; below ${plainAmount(error.threshold)} TAO for one validator the chain takes the fee of ${plainAmount(error.fee)} TAO and leaves the rest where it is.`,
      'Wait until more has come together. Nothing expires.',
    ),
  'order/not-a-call': () =>
    words(
      'An order is not a transaction.',
      'It is signed here and given to a relayer; the chain sees it when the relayer carries it out.',
      'Sign it under limit orders.',
    ),
  'order/switched-off': () =>
    words(
      'Limit orders are switched off.',
      'The chain has a switch for them, and it is off now: no relayer could carry one out.',
      'Nothing was signed. Watch the price, or trade now with a limit.',
    ),
  'order/stop-loss-slippage': () =>
    words(
      'A stop-loss takes no slippage limit.',
      'The chain would read it the wrong way round: when the price falls fast, the sale would be refused just when it is needed.',
      'Leave the slippage empty for a stop-loss.',
    ),
  'order/key-type': () =>
    words(
      'This key cannot sign orders.',
      'The chain takes orders signed by sr25519 keys only; this coldkey is of another kind.',
      'Use a wallet with an sr25519 coldkey.',
    ),
  'order/expired': () =>
    words(
      'The order would be over before it begins.',
      'Its last moment is not in the future.',
      'Choose a later moment.',
    ),
  'order/on-root': () =>
    words('There are no limit orders on root.', 'On root one alpha is always one TAO.', 'Choose a subnet.'),
  'order/other-signer': (error) =>
    words(
      'This order belongs to another account.',
      `It was signed by ${shortAddress(error.signer)}.`,
      'Open the wallet that signed it.',
    ),
  'order/other-chain': (error) =>
    words(
      'This order is for another chain.',
      `It names chain ${error.ordered}; you are connected to ${error.connected}.`,
      'Connect to the network that it was made for.',
    ),
  'order/parts-need-relayer': () =>
    words(
      'Parts need a relayer by name.',
      'The chain takes a part of an order only from a relayer that the order names.',
      'Name who may carry it out, or let it be carried out as a whole.',
    ),
  'order/already': ({ status }) =>
    words(
      status === 'partial' ? 'This order can no longer be cancelled.' : 'The order is no longer open.',
      ALREADY[status],
      status === 'partial'
        ? 'The rest ends with its time. To keep it from being traded, spend the TAO or move the stake away.'
        : 'There is nothing to cancel.',
    ),
  'order/not-there': (error) =>
    words(
      'This order is not known here.',
      `No order ${error.orderId.slice(0, 10)}… was signed on this computer for this network.`,
      'Look at the list of orders.',
    ),
  'shield/not-possible': (error) =>
    words(
      'It cannot be shielded.',
      SHIELD_REASONS[error.reason],
      'Send it in the open. The price limit protects you still.',
    ),
  'shield/stale-key': () =>
    words(
      'The key of the shield changed in between.',
      'It is good for about two blocks, and was replaced twice while this was sent.',
      'Nothing was done. Try again, or send it in the open.',
    ),
  'shield/dropped': () =>
    words(
      'The hidden transaction was not carried out.',
      'Its cover is in a block and its small fee is paid, but the author of the block did not take what was in it. Its number in the account’s sequence was not used.',
      'Nothing was traded. Plan it again and send it once more.',
    ),
}
