import type { AddressProblem } from './addresses/read-address.ts'
import type { WebhookProblem } from './alerts/webhook-address.ts'
import type { SourceProblem } from './fiat/fiat-source.ts'
import type { PairingCodeProblem } from './fleet/pairing-code.ts'
import type { MiningError } from './mining-errors.ts'
import type { ShieldRefusal } from './transactions/shield.ts'
import type { Alpha, Netuid, Rao, RaoPerAlpha, Ss58 } from './units/amounts.ts'

/** Every failure that a person may have to read. Codes are API: a rename is a breaking change. */
export type AppError =
  // The door
  | { readonly code: 'contract/bad-input'; readonly issues: readonly string[] }
  | { readonly code: 'contract/unknown-channel'; readonly name: string }
  | { readonly code: 'contract/desktop-only'; readonly name: string }
  | { readonly code: 'contract/cancelled' }
  | { readonly code: 'host/unreachable'; readonly reason: string }
  | { readonly code: 'host/data-folder-in-use'; readonly path: string }
  /** The channel keeps something between two calls, so a host has to run for this data folder. */
  | { readonly code: 'host/needed'; readonly channel: string }
  | { readonly code: 'internal'; readonly incident: string }
  // The chain
  | { readonly code: 'chain/not-connected' }
  | { readonly code: 'chain/unreachable'; readonly endpoint: string; readonly reason: string }
  | { readonly code: 'chain/unknown-network'; readonly network: string }
  | { readonly code: 'chain/bad-endpoint'; readonly endpoint: string }
  | {
      readonly code: 'chain/wrong-genesis'
      readonly endpoint: string
      readonly expected: string
      readonly actual: string
    }
  /** What was chosen as a node of one's own leads to a network where money is real. */
  | { readonly code: 'chain/not-local'; readonly endpoint: string; readonly network: string }
  /** The connected runtime lacks a call, API or item that the feature needs. */
  | { readonly code: 'chain/unsupported'; readonly missing: readonly string[] }
  /** A signed extension we do not know: signing would hide content from the user. */
  | { readonly code: 'chain/unknown-extension'; readonly names: readonly string[] }
  /** The node's pool refused the transaction; nothing was paid. */
  | { readonly code: 'chain/pool-refused'; readonly reason: string }
  /** Included and failed: the network fee was paid. `name` is `Pallet.Error`. */
  | {
      readonly code: 'chain/dispatch-failed'
      readonly name: string
      readonly docs: string
      readonly block: number
    }
  | { readonly code: 'chain/transaction-lost'; readonly txHash: string }
  | { readonly code: 'chain/bad-answer'; readonly what: string }
  | { readonly code: 'chain/bad-address'; readonly address: string }
  /** The endpoint's allowance of requests is used up, and this one waited too long for its turn. It was never sent. */
  | { readonly code: 'chain/over-budget'; readonly endpoint: string; readonly waitedMs: number }
  /** The endpoint itself refuses, because it was asked too much. */
  | { readonly code: 'chain/rate-limited'; readonly endpoint: string }
  /** The newest block of the endpoint is older than it can be, so what it says is no longer so. */
  | { readonly code: 'chain/head-too-old'; readonly endpoint: string; readonly ageMs: number }
  /** The endpoint shows blocks that cannot exist yet. */
  | { readonly code: 'chain/head-from-future'; readonly endpoint: string; readonly aheadMs: number }
  /** Two endpoints tell different final blocks of one height. */
  | {
      readonly code: 'chain/sources-disagree'
      readonly block: number
      readonly endpoint: string
      readonly other: string
    }
  /** The chain changed its rules since this was prepared: the bytes would mean something else, or nothing. */
  /** The network fee that a node states, and what the weight of the call comes to by our own count. */
  | { readonly code: 'chain/fee-doubted'; readonly stated: Rao; readonly compared: Rao }
  | { readonly code: 'chain/runtime-changed'; readonly from: number; readonly to: number }
  // Keys
  | { readonly code: 'keys/locked' }
  | { readonly code: 'keys/no-wallet' }
  | { readonly code: 'keys/other-account'; readonly planned: Ss58 }
  | { readonly code: 'keys/wrong-password' }
  | { readonly code: 'keys/weak-password'; readonly minimumLength: number }
  | {
      readonly code: 'keys/bad-mnemonic'
      readonly reason: 'word-count' | 'unknown-word' | 'checksum'
      readonly word?: string
    }
  | { readonly code: 'keys/words-not-confirmed' }
  | { readonly code: 'keys/keyfile-broken'; readonly file: string; readonly reason: string }
  | { readonly code: 'keys/keyfile-missing'; readonly file: string }
  | { readonly code: 'keys/unsupported'; readonly what: string }
  | { readonly code: 'keys/bad-name'; readonly name: string }
  | { readonly code: 'keys/name-taken'; readonly name: string }
  | { readonly code: 'keys/unknown-wallet'; readonly name: string }
  | { readonly code: 'keys/unknown-hotkey'; readonly name: string }
  | { readonly code: 'keys/not-enough-memory'; readonly neededBytes: number }
  | { readonly code: 'keys/worker-died' }
  /** Sealed to a key that is gone: its process ended, or it was used. Nothing was done; sealing anew helps. */
  | { readonly code: 'keys/sealed-stale' }
  /** Sealed for another place, or changed on its way. */
  | { readonly code: 'keys/sealed-broken' }
  /** The browser lacks what sealing needs; nothing was sent. */
  | { readonly code: 'keys/cannot-seal' }
  /** The worker program is of another version than the host: nothing was asked of it. */
  | { readonly code: 'keys/worker-mismatch' }
  /** Only the public part is here: nothing to open, show or sign with. */
  | { readonly code: 'keys/watch-only'; readonly name: string }
  /** The key was made from a seed or a private key, so no words exist that could be shown. */
  | { readonly code: 'keys/no-words'; readonly name: string }
  /** An encrypted hotkey that has not been unlocked since the app started. */
  | { readonly code: 'keys/hotkey-locked'; readonly name: string }
  /** What was given does not lead to the address that was asked for. */
  | { readonly code: 'keys/secret-differs'; readonly address: string }
  | { readonly code: 'keys/unknown-trash'; readonly id: string }
  /** What the bytes say differs from what the user confirmed. Nothing was signed. */
  | { readonly code: 'keys/intent-differs'; readonly what: string }
  // The signer
  /** The bytes cannot be read to the end, so they are not signed. */
  | { readonly code: 'signer/unreadable'; readonly what: string }
  | { readonly code: 'signer/bad-metadata'; readonly what: string }
  /** Within the app only: the signer has not seen this runtime yet, and is given its metadata at once. */
  | { readonly code: 'signer/metadata-needed'; readonly hash: string }
  /** This wallet signed for another chain under this name before. */
  | {
      readonly code: 'signer/foreign-genesis'
      readonly network: string
      readonly expected: string
      readonly actual: string
    }
  /** Without the mark of a message, these bytes could be (the hash of) a transaction. */
  | { readonly code: 'signer/not-a-message'; readonly reason: 'transaction' | 'hash' | 'binary' | 'hex' }
  /** The hotkey was not begun to be mined with, or another one lies under its name now. */
  | { readonly code: 'signer/not-serving'; readonly hotkey: string }
  /** A miner's server asked to sign something that is no answer of now. */
  | { readonly code: 'signer/not-an-answer'; readonly what: string }
  /** Lines of the log of signatures were changed or are missing. */
  | { readonly code: 'signer/audit-broken'; readonly file: string; readonly line: number }
  // Limits that the signer enforces itself
  | { readonly code: 'policy/kind'; readonly kind: string; readonly allowed: readonly string[] }
  | { readonly code: 'policy/subnet'; readonly netuid: Netuid; readonly allowed: readonly Netuid[] }
  | { readonly code: 'policy/recipient'; readonly recipient: Ss58 }
  /** What this kind of call is worth in TAO cannot be read from it, and a limit in TAO is set. */
  | { readonly code: 'policy/unknown-amount'; readonly kind: string }
  | { readonly code: 'policy/per-transaction'; readonly limit: Rao; readonly asked: Rao }
  | { readonly code: 'policy/per-day'; readonly limit: Rao; readonly asked: Rao; readonly spent: Rao }
  /** Above the threshold: signed when asked again after this moment. */
  | { readonly code: 'policy/waiting'; readonly readyAtMs: number }
  /** The limits kept with the wallet were changed, deleted or replaced by older ones. */
  | { readonly code: 'policy/tampered'; readonly what: string }
  | { readonly code: 'policy/bad'; readonly what: string }
  // Staking and transfers
  | { readonly code: 'stake/too-small'; readonly minimum: Rao }
  | { readonly code: 'stake/balance-too-low'; readonly available: Rao; readonly needed: Rao }
  | {
      readonly code: 'stake/not-enough-alpha'
      readonly netuid: Netuid
      readonly available: Alpha
      readonly needed: Alpha
    }
  | { readonly code: 'stake/no-liquidity'; readonly netuid: Netuid }
  | { readonly code: 'stake/subnet-not-started'; readonly netuid: Netuid }
  | { readonly code: 'stake/unknown-subnet'; readonly netuid: Netuid }
  | { readonly code: 'stake/unknown-hotkey'; readonly hotkey: Ss58 }
  | { readonly code: 'stake/price-moved'; readonly price: RaoPerAlpha; readonly limitPrice: RaoPerAlpha }
  | { readonly code: 'stake/nothing-to-do' }
  | { readonly code: 'stake/too-many-moves'; readonly most: number }
  /** Origin and destination are the same. */
  | { readonly code: 'stake/same-place'; readonly netuid: Netuid }
  /** The owner of the subnet does not let its stake be given away. */
  | { readonly code: 'stake/transfers-off'; readonly netuid: Netuid }
  /** The chain of this version does not tell what a trade brings, so a limit has to be given by hand. */
  | { readonly code: 'stake/limit-needed'; readonly netuid: Netuid }
  /** @param until first block in which stake on root behind this hotkey may leave */
  | { readonly code: 'stake/root-held'; readonly hotkey: Ss58; readonly until: number }
  /** Nothing can be weighed, and no limit follows. */
  | { readonly code: 'stake/price-unknown'; readonly netuid: Netuid }
  /** The amount alone moves the price past the limit. Parts per million. */
  | {
      readonly code: 'stake/impact-too-large'
      readonly netuid: Netuid
      readonly movesPpm: number
      readonly tolerancePpm: number
    }
  /** The sale could bring so little that the chain would leave out the purchase. @param available what it brings at the limit, rao */
  | {
      readonly code: 'stake/second-leg-lost'
      readonly netuid: Netuid
      readonly available: Rao
      readonly minimum: Rao
    }
  /** No plan of several calls is carried out under this name. */
  | { readonly code: 'stake/no-queue'; readonly id: string }
  /** The price by which a trade is planned, and another word of the same chain, cannot both be right. */
  | {
      readonly code: 'stake/price-doubted'
      readonly netuid: Netuid
      readonly source: 'reserves' | 'simulation' | 'average' | 'recorded' | 'elsewhere'
      readonly stated: RaoPerAlpha
      readonly compared: RaoPerAlpha
    }
  | { readonly code: 'stake/plan-too-old'; readonly atBlock: number; readonly nowBlock: number }
  // Locks, destroyed alpha, auto-stake, root dividends
  /** @param hotkey that the lock is for */
  | { readonly code: 'lock/other-hotkey'; readonly netuid: Netuid; readonly hotkey: Ss58 }
  | { readonly code: 'lock/more-than-stake'; readonly netuid: Netuid; readonly total: Alpha; readonly locked: Alpha }
  | { readonly code: 'lock/none'; readonly netuid: Netuid }
  | { readonly code: 'burn/on-root' }
  /** @param words that must be typed before alpha is destroyed */
  | { readonly code: 'burn/words-missing'; readonly words: string }
  | { readonly code: 'burn/more-than-out'; readonly netuid: Netuid; readonly out: Alpha }
  | { readonly code: 'auto-stake/same'; readonly netuid: Netuid; readonly hotkey: Ss58 }
  | { readonly code: 'auto-stake/not-registered'; readonly netuid: Netuid; readonly hotkey: Ss58 }
  | { readonly code: 'root/nothing-owed' }
  /** @param fee what the attempt would cost, rao */
  | { readonly code: 'root/below-threshold'; readonly owed: Rao; readonly threshold: Rao; readonly fee: Rao }
  // Limit orders
  | { readonly code: 'order/not-a-call' }
  | { readonly code: 'order/switched-off' }
  | { readonly code: 'order/stop-loss-slippage' }
  | { readonly code: 'order/key-type' }
  | { readonly code: 'order/expired' }
  | { readonly code: 'order/on-root' }
  | { readonly code: 'order/other-signer'; readonly signer: Ss58 }
  | { readonly code: 'order/other-chain'; readonly ordered: number; readonly connected: number }
  /** Parts are for named relayers only. */
  | { readonly code: 'order/parts-need-relayer' }
  | { readonly code: 'order/already'; readonly status: 'partial' | 'fulfilled' | 'cancelled' | 'expired' }
  | { readonly code: 'order/not-there'; readonly orderId: string }
  // The shield: transactions that are hidden until they are in a block
  | { readonly code: 'shield/not-possible'; readonly reason: ShieldRefusal }
  | { readonly code: 'shield/stale-key' }
  /** @param carrierHash of the cover, whose fee was paid */
  | { readonly code: 'shield/dropped'; readonly carrierHash: string }
  // Transfers and recipients
  | { readonly code: 'transfer/to-itself' }
  | { readonly code: 'transfer/too-small'; readonly minimum: Rao }
  /** `available` is the most that can be sent, `needed` what was asked. */
  | { readonly code: 'transfer/balance-too-low'; readonly available: Rao; readonly needed: Rao }
  /** Reserved or frozen TAO would stay behind, so the account cannot be closed. */
  | { readonly code: 'transfer/funds-held'; readonly held: Rao }
  | { readonly code: 'address/not-valid'; readonly problem: AddressProblem; readonly prefix?: number | undefined }
  /** It imitates a known address: planned only once it was typed in full. */
  | { readonly code: 'address/look-alike'; readonly address: Ss58; readonly of: Ss58; readonly name: string }
  | { readonly code: 'address/dust-sender'; readonly address: Ss58 }
  /** What was typed is not the address that is to be paid. */
  | { readonly code: 'address/typed-another' }
  | { readonly code: 'address/bad-name'; readonly name: string }
  | { readonly code: 'address/name-taken'; readonly name: string }
  | { readonly code: 'address/already-there'; readonly address: Ss58; readonly name: string }
  | { readonly code: 'address/not-there'; readonly address: Ss58 }
  | { readonly code: 'address/book-unreadable'; readonly reason: string }
  // Registration
  | { readonly code: 'register/closed'; readonly netuid: Netuid }
  | { readonly code: 'register/already-registered'; readonly netuid: Netuid; readonly uid: number }
  | { readonly code: 'register/price-above-limit'; readonly price: Rao; readonly limit: Rao }
  | { readonly code: 'register/balance-too-low'; readonly available: Rao; readonly needed: Rao }
  | { readonly code: 'register/other-owner'; readonly hotkey: Ss58; readonly owner: Ss58 }
  /** All `places` are taken, nobody is immune, and `kept` or fewer may not be replaced: time does not change it. */
  | { readonly code: 'register/no-place'; readonly netuid: Netuid; readonly places: number; readonly kept: number }
  /** Its transaction may still come into a block: a second one would cost a fee, or buy nothing. */
  | { readonly code: 'register/on-its-way'; readonly netuid: Netuid; readonly hotkey: Ss58 }
  | { readonly code: 'register/no-list' }
  | { readonly code: 'register/list-runs' }
  | { readonly code: 'place/same-hotkey' }
  /** @param netuid absent: on no subnet at all */
  | { readonly code: 'place/none'; readonly hotkey: Ss58; readonly netuid?: Netuid }
  /** Some versions of the chain forget who owns a hotkey that is left with nothing but stake. */
  | { readonly code: 'place/stake-needs-subnet' }
  | { readonly code: 'place/swap-too-soon'; readonly blocksLeft: number }
  /** What is bound as collateral goes with the place: the stake cannot stay behind. */
  | { readonly code: 'place/stake-bound'; readonly hotkey: Ss58; readonly netuid: Netuid; readonly locked: Alpha }
  | { readonly code: 'place/busy-on-root'; readonly hotkey: Ss58 }
  | { readonly code: 'place/root-full'; readonly weakest: Rao; readonly own: Rao }
  | { readonly code: 'place/too-many-rules'; readonly most: number }
  | { readonly code: 'place/unknown-rule' }
  /** No place costs nothing, so it would wait in vain. */
  | { readonly code: 'place/rule-for-nothing' }
  /** A rule buys for the wallet that was shown when it was set. */
  | { readonly code: 'place/other-wallet' }
  // Shared accounts, proxies, change of coldkey
  | { readonly code: 'account/balance-too-low'; readonly available: Rao; readonly needed: Rao }
  | { readonly code: 'account/plan-too-old'; readonly atBlock: number; readonly nowBlock: number }
  | {
      readonly code: 'multisig/bad-members'
      readonly reason: 'too-few' | 'too-many' | 'twice' | 'threshold'
    }
  | { readonly code: 'multisig/not-a-member'; readonly address: Ss58 }
  | { readonly code: 'multisig/no-operation'; readonly callHash: string }
  /** Only the hash of the call is known; whoever proposed it has to pass the call on. */
  | { readonly code: 'multisig/call-unknown'; readonly callHash: string }
  | { readonly code: 'multisig/waits-for-others'; readonly approvals: number; readonly threshold: number }
  | { readonly code: 'proxy/not-granted'; readonly real: Ss58; readonly delegate: Ss58 }
  | { readonly code: 'proxy/may-not'; readonly proxyType: string; readonly call: string }
  | { readonly code: 'proxy/too-many'; readonly most: number }
  | { readonly code: 'proxy/too-early'; readonly blocksLeft: number }
  | { readonly code: 'swap/not-announced'; readonly coldkey: Ss58 }
  | { readonly code: 'swap/too-early'; readonly blocksLeft: number }
  /** The address is not the one whose hash was announced. */
  | { readonly code: 'swap/other-coldkey'; readonly announcedHash: string }
  | { readonly code: 'swap/disputed'; readonly coldkey: Ss58 }
  // Signing on another device
  /** What was read from codes or a file is damaged, incomplete, or something else. */
  | { readonly code: 'airgap/damaged'; readonly what: string }
  /** The signature is not by this account over these bytes. */
  | { readonly code: 'airgap/wrong-signature'; readonly address: Ss58 }
  | { readonly code: 'airgap/expired'; readonly validUntilBlock: number; readonly nowBlock: number }
  /** No wallet here has the key. @param publicKey `0x` and 64 hex digits */
  | { readonly code: 'airgap/key-not-here'; readonly publicKey: string }
  /** Our signer names what it signs, and has no name for this call. */
  | { readonly code: 'airgap/not-named'; readonly call: string }
  /** It was read again for signing, and is not what was shown. */
  | { readonly code: 'airgap/changed' }
  | MiningError
  // Machines of one owner
  | { readonly code: 'fleet/bad-code'; readonly problem: PairingCodeProblem }
  /** The other machine does not know this code: used up, too old, taken back, or of another machine. */
  | { readonly code: 'fleet/code-refused'; readonly address: string }
  | { readonly code: 'fleet/unreachable'; readonly name: string; readonly reason: string }
  /** It removed this computer, or what answers there is another one. */
  | { readonly code: 'fleet/refused'; readonly name: string }
  | { readonly code: 'fleet/bad-report'; readonly name: string; readonly reason: string }
  | { readonly code: 'fleet/unknown' }
  | { readonly code: 'fleet/too-many'; readonly most: number }
  | { readonly code: 'fleet/no-address' }
  | { readonly code: 'fleet/not-allowed' }
  /** The other machine did not do what it was asked. @param refusal its code */
  | { readonly code: 'fleet/order-refused'; readonly name: string; readonly refusal: string }
  // Ledger
  | { readonly code: 'ledger/nothing-missing' }
  | { readonly code: 'ledger/filling' }
  | { readonly code: 'ledger/no-download' }
  | { readonly code: 'ledger/export-ended' }
  /** The chain contradicts what was final here. */
  | { readonly code: 'ledger/other-history'; readonly block: number }
  // Alerts
  | { readonly code: 'alerts/bad-webhook'; readonly problem: WebhookProblem }
  | { readonly code: 'alerts/no-webhook' }
  | { readonly code: 'alerts/not-delivered'; readonly host: string; readonly reason: string }
  // Prices in ordinary money
  | { readonly code: 'fiat/bad-source'; readonly problem: SourceProblem }
  | { readonly code: 'fiat/no-answer'; readonly host: string; readonly reason: string }
  | {
      readonly code: 'fiat/bad-answer'
      readonly host: string
      readonly problem: 'not-json' | 'no-price' | 'not-a-price'
    }
  // Storage and practice
  | { readonly code: 'storage/disk-full'; readonly path: string; readonly neededBytes: number }
  | { readonly code: 'storage/broken'; readonly path: string; readonly reason: string }
  | { readonly code: 'storage/read-only'; readonly path: string }
  | { readonly code: 'storage/newer-version'; readonly path: string }
  | { readonly code: 'practice/only-there' }
  | { readonly code: 'practice/did-not-start'; readonly reason: string }

export type ErrorCode = AppError['code']
