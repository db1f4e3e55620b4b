import { plainAmount, shortAddress } from './plain-text.ts'
import { type WordsOf, words } from './words.ts'

const MEMBERS = {
  'too-few': 'A shared account needs two members or more.',
  'too-many': 'The chain allows at most 100 members.',
  twice: 'One address is in the list twice.',
  threshold: 'The number of approvals lies between 1 and the number of members.',
} as const

export const accountWords: WordsOf<'account' | 'multisig' | 'proxy' | 'swap'> = {
  'account/balance-too-low': (error) =>
    words(
      'The balance is too low.',
      `${plainAmount(error.needed)} TAO are needed with fee, deposit and the smallest balance; ${plainAmount(error.available)} TAO are free.`,
      'Get more TAO to this account first.',
    ),
  'account/plan-too-old': (error) =>
    words(
      'What you looked at is too old.',
      `It is from block ${error.atBlock}; now it is block ${error.nowBlock}.`,
      'Nothing was sent. Prepare it again.',
    ),
  'multisig/bad-members': (error) =>
    words('These members do not make an account.', MEMBERS[error.reason], 'Change the list or the number.'),
  'multisig/not-a-member': (error) =>
    words(
      'This wallet is not a member.',
      `${shortAddress(error.address)} is not in the list of members.`,
      'Choose a wallet that is.',
    ),
  'multisig/no-operation': (error) =>
    words(
      'This operation is no longer open.',
      `The chain holds none with the call hash ${error.callHash}: it was carried out or cancelled.`,
      'Look at the list again.',
    ),
  'multisig/call-unknown': (error) =>
    words(
      'The call itself is not known here.',
      `The chain holds only its hash ${error.callHash}.`,
      'Ask whoever proposed it for the call as hex, and enter it.',
    ),
  'multisig/waits-for-others': (error) =>
    words(
      'It is for the others now.',
      `${error.approvals} of ${error.threshold} approvals are given, yours among them.`,
      'Wait until the others approve.',
    ),
  'proxy/not-granted': (error) =>
    words(
      'The chain holds no such permission.',
      `${shortAddress(error.delegate)} is no proxy of ${shortAddress(error.real)}.`,
      'Grant it with the cold wallet first, or choose another account.',
    ),
  'proxy/may-not': (error) =>
    words(
      'A proxy of this kind may not do that.',
      `The chain does not let ${error.proxyType} make ${error.call}.`,
      'Do it with the cold wallet itself.',
    ),
  'proxy/too-many': (error) =>
    words(
      'There are too many proxies.',
      `The chain allows ${error.most} for one account.`,
      'Remove one that is not used.',
    ),
  'proxy/too-early': (error) =>
    words(
      'The delay of this proxy still runs.',
      `${error.blocksLeft} blocks are left.`,
      'Try again when they are over.',
    ),
  'swap/not-announced': (error) =>
    words(
      'No change of coldkey is announced.',
      `The chain holds no announcement for ${shortAddress(error.coldkey)}.`,
      'Announce it first.',
    ),
  'swap/too-early': (error) =>
    words('It is too early.', `${error.blocksLeft} blocks are left.`, 'Try again when they are over.'),
  'swap/other-coldkey': (error) =>
    words(
      'This is not the coldkey that was announced.',
      `The chain holds the hash ${error.announcedHash}; this address has another one.`,
      'Enter the announced address. If you do not know it, you did not announce it: dispute it.',
    ),
  'swap/disputed': (error) =>
    words(
      'This coldkey is frozen.',
      `The change of ${shortAddress(error.coldkey)} is disputed; until the chain's root account resets it, nothing can be signed for it.`,
      'There is nothing to do in this app.',
    ),
}
