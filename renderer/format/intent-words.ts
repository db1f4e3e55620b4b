import type { Intent, IntentKind } from '../../shared/signing/intent.ts'

type WordsByKind = { readonly [K in IntentKind]: { readonly name: string; readonly does: string } }

/** What each kind of call is called, and what it does, in one sentence. */
export const INTENT_WORDS: WordsByKind = {
  'add-stake': { name: 'Stake', does: 'Buys alpha of a subnet with TAO and leaves it with a validator.' },
  'remove-stake': { name: 'Unstake', does: 'Sells alpha of a subnet for TAO.' },
  'remove-stake-full': { name: 'Unstake all', does: 'Sells a whole position for TAO.' },
  'move-stake': { name: 'Move stake', does: 'Moves alpha to another validator, and perhaps another subnet.' },
  'swap-stake': { name: 'Swap stake', does: 'Sells alpha of one subnet and buys alpha of another with it.' },
  'transfer-stake': { name: 'Give stake away', does: 'Gives alpha to another coldkey. It cannot be undone.' },
  'move-stake-limit': {
    name: 'Move stake with a limit',
    does: 'Sells alpha of one subnet and buys alpha of another with it, for another validator, down to a ratio of prices.',
  },
  'lock-stake': {
    name: 'Lock stake',
    does: 'Locks alpha of a subnet for a hotkey. It cannot be sold until it is free again, which takes months.',
  },
  'move-lock': {
    name: 'Move a lock',
    does: 'Turns a lock to another hotkey. What conviction it has is lost unless both belong to the same coldkey.',
  },
  'set-perpetual-lock': { name: 'Perpetual lock', does: 'Says whether a lock stays as it is, or decays over time.' },
  'reject-locked-alpha': {
    name: 'Receiving locked alpha',
    does: 'Says whether this account takes alpha that comes with a lock.',
  },
  'recycle-alpha': {
    name: 'Recycle alpha',
    does: 'Destroys own alpha; the subnet may issue it again. It cannot be undone.',
  },
  'burn-alpha': { name: 'Burn alpha', does: 'Destroys own alpha for good. It cannot be undone.' },
  'set-auto-stake': {
    name: 'Set auto-stake',
    does: 'Chooses the hotkey that gets what this coldkey mines on a subnet.',
  },
  'claim-root': {
    name: 'Claim from root',
    does: 'Turns what stake on root has earned into more stake on root, for all validators.',
  },
  'claim-root-of': {
    name: 'Claim from one validator',
    does: 'Turns what stake on root has earned with one validator into more stake on root.',
  },
  'limit-order': {
    name: 'Limit order',
    does: 'Lets a relayer buy or sell in the name of this account once the price is met, until it expires.',
  },
  'cancel-order': { name: 'Cancel an order', does: 'Makes a limit order worthless, whoever holds it.' },
  transfer: { name: 'Send', does: 'Sends TAO to another account. It cannot be undone.' },
  'transfer-all': { name: 'Send all', does: 'Sends all that is free to another account. It cannot be undone.' },
  register: { name: 'Register a place', does: 'Buys a place on a subnet for a hotkey.' },
  'root-register': {
    name: 'Take a seat on root',
    does: 'Buys a seat on root for a hotkey, at the price of the moment.',
  },
  'swap-hotkey': {
    name: 'Replace a hotkey',
    does: 'Gives the places of a hotkey, and the stake behind it, to another hotkey of this coldkey.',
  },
  'serve-axon': { name: 'Announce the address', does: 'Writes the address of a miner into the chain.' },
  'add-proxy': {
    name: 'Grant a proxy',
    does: 'Lets another account make calls of a certain kind in the name of this one.',
  },
  'remove-proxy': { name: 'Take a proxy back', does: 'Ends one permission to act for this account.' },
  'remove-proxies': { name: 'Take all proxies back', does: 'Ends every permission to act for this account.' },
  'announce-proxied': {
    name: 'Announce a call',
    does: 'Announces a call in the name of another account. It is made later, when the delay is over.',
  },
  'remove-announcement': { name: 'Withdraw an announcement', does: 'Takes an announced call back.' },
  'reject-announcement': { name: 'Reject an announcement', does: 'Stops a call that a proxy announced.' },
  'create-pure': {
    name: 'Make an account without a key',
    does: 'Makes an account that only its proxies can use. Its first proxy is this account.',
  },
  'kill-pure': {
    name: 'Remove an account without a key',
    does: 'Removes it for good. What it still holds is lost.',
  },
  'announce-coldkey-swap': {
    name: 'Announce a change of coldkey',
    does: 'Announces that everything of this coldkey moves to another one. Until then the chain refuses its other calls.',
  },
  'execute-coldkey-swap': {
    name: 'Carry out the change of coldkey',
    does: 'Moves all TAO, stake and hotkeys to the announced coldkey. It cannot be undone.',
  },
  'clear-coldkey-swap': { name: 'Clear the announcement', does: 'Takes the announced change of coldkey back.' },
  'dispute-coldkey-swap': {
    name: 'Dispute and freeze',
    does: "Freezes this coldkey: nobody can move anything, you included, until the chain's root account resets it.",
  },
  'multisig-approve': { name: 'Approve', does: 'Approves an operation of a shared account by its hash.' },
  'multisig-cancel': { name: 'Cancel the operation', does: 'Takes an operation back and returns its deposit.' },
  proxied: { name: 'Act for another account', does: 'Makes a call in the name of another account.' },
  'proxied-announced': {
    name: 'Make an announced call',
    does: 'Makes a call in the name of another account that was announced before.',
  },
  batch: { name: 'Several calls', does: 'Makes several calls in one.' },
  'multisig-execute': {
    name: 'Propose or approve',
    does: 'Proposes a call of a shared account, or approves it; the last approval carries it out.',
  },
  'multisig-alone': {
    name: 'Act for a shared account',
    does: 'Makes a call of a shared account that one may make alone.',
  },
}

export const intentName = (intent: Intent): string => INTENT_WORDS[intent.kind].name
