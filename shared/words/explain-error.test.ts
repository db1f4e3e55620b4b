import { describe, expect, it } from 'vitest'
import type { AppError, ErrorCode } from '../errors.ts'
import { alpha, netuid, rao, raoPerAlpha, ss58 } from '../units/amounts.ts'
import { explainError } from './explain-error.ts'

const key = ss58('5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY')
const one = netuid(1)
const tao = rao(1_500_000_000n)

/** One of each: a new code does not compile here before it has a sample. */
const SAMPLES: { readonly [C in ErrorCode]: Extract<AppError, { code: C }> } = {
  'contract/bad-input': { code: 'contract/bad-input', issues: ['not an address'] },
  'contract/unknown-channel': { code: 'contract/unknown-channel', name: 'x.y' },
  'contract/desktop-only': { code: 'contract/desktop-only', name: 'x.y' },
  'contract/cancelled': { code: 'contract/cancelled' },
  'host/unreachable': { code: 'host/unreachable', reason: 'closed' },
  'host/data-folder-in-use': { code: 'host/data-folder-in-use', path: '/data' },
  'host/needed': { code: 'host/needed', channel: 'wallet.draft' },
  internal: { code: 'internal', incident: 'a1' },
  'chain/not-connected': { code: 'chain/not-connected' },
  'chain/unreachable': { code: 'chain/unreachable', endpoint: 'ws://h', reason: 'refused' },
  'chain/unknown-network': { code: 'chain/unknown-network', network: 'moon' },
  'chain/bad-endpoint': { code: 'chain/bad-endpoint', endpoint: 'http://h' },
  'chain/wrong-genesis': { code: 'chain/wrong-genesis', endpoint: 'ws://h', expected: '0x1', actual: '0x2' },
  'chain/unsupported': { code: 'chain/unsupported', missing: ['a.b'] },
  'chain/unknown-extension': { code: 'chain/unknown-extension', names: ['New'] },
  'chain/pool-refused': { code: 'chain/pool-refused', reason: 'stale' },
  'chain/dispatch-failed': { code: 'chain/dispatch-failed', name: 'A.B', docs: 'why', block: 9 },
  'chain/transaction-lost': { code: 'chain/transaction-lost', txHash: '0x1' },
  'chain/bad-answer': { code: 'chain/bad-answer', what: 'a price below 0' },
  'chain/bad-address': { code: 'chain/bad-address', address: '5x' },
  'chain/over-budget': { code: 'chain/over-budget', endpoint: 'ws://h', waitedMs: 60_000 },
  'chain/rate-limited': { code: 'chain/rate-limited', endpoint: 'ws://h' },
  'chain/head-too-old': { code: 'chain/head-too-old', endpoint: 'ws://h', ageMs: 90_000 },
  'chain/head-from-future': { code: 'chain/head-from-future', endpoint: 'ws://h', aheadMs: 90_000 },
  'chain/sources-disagree': { code: 'chain/sources-disagree', block: 9, endpoint: 'ws://h', other: 'ws://o' },
  'chain/runtime-changed': { code: 'chain/runtime-changed', from: 1, to: 2 },
  'lock/other-hotkey': { code: 'lock/other-hotkey', netuid: one, hotkey: key },
  'lock/more-than-stake': { code: 'lock/more-than-stake', netuid: one, total: alpha(5n), locked: alpha(3n) },
  'lock/none': { code: 'lock/none', netuid: one },
  'burn/on-root': { code: 'burn/on-root' },
  'burn/words-missing': { code: 'burn/words-missing', words: 'burn 1 alpha of netuid 1' },
  'burn/more-than-out': { code: 'burn/more-than-out', netuid: one, out: alpha(5n) },
  'auto-stake/same': { code: 'auto-stake/same', netuid: one, hotkey: key },
  'auto-stake/not-registered': { code: 'auto-stake/not-registered', netuid: one, hotkey: key },
  'root/nothing-owed': { code: 'root/nothing-owed' },
  'root/below-threshold': { code: 'root/below-threshold', owed: rao(5n), threshold: rao(7n), fee: rao(9n) },
  'order/not-a-call': { code: 'order/not-a-call' },
  'order/switched-off': { code: 'order/switched-off' },
  'order/stop-loss-slippage': { code: 'order/stop-loss-slippage' },
  'order/key-type': { code: 'order/key-type' },
  'order/expired': { code: 'order/expired' },
  'order/on-root': { code: 'order/on-root' },
  'order/other-signer': { code: 'order/other-signer', signer: key },
  'order/other-chain': { code: 'order/other-chain', ordered: 964, connected: 42 },
  'order/already': { code: 'order/already', status: 'cancelled' },
  'order/not-there': { code: 'order/not-there', orderId: '0x12345678' },
  'shield/not-possible': { code: 'shield/not-possible', reason: 'proxied' },
  'shield/stale-key': { code: 'shield/stale-key' },
  'shield/dropped': { code: 'shield/dropped', carrierHash: '0x1' },
  'keys/locked': { code: 'keys/locked' },
  'keys/no-wallet': { code: 'keys/no-wallet' },
  'keys/other-account': { code: 'keys/other-account', planned: key },
  'keys/wrong-password': { code: 'keys/wrong-password' },
  'keys/weak-password': { code: 'keys/weak-password', minimumLength: 8 },
  'keys/bad-mnemonic': { code: 'keys/bad-mnemonic', reason: 'unknown-word', word: 'bannana' },
  'keys/words-not-confirmed': { code: 'keys/words-not-confirmed' },
  'keys/keyfile-broken': { code: 'keys/keyfile-broken', file: 'coldkey', reason: 'cut off' },
  'keys/keyfile-missing': { code: 'keys/keyfile-missing', file: 'coldkey' },
  'keys/unsupported': { code: 'keys/unsupported', what: 'a hashed account' },
  'keys/bad-name': { code: 'keys/bad-name', name: '../x' },
  'keys/name-taken': { code: 'keys/name-taken', name: 'x' },
  'keys/unknown-wallet': { code: 'keys/unknown-wallet', name: 'x' },
  'keys/unknown-hotkey': { code: 'keys/unknown-hotkey', name: 'x' },
  'keys/not-enough-memory': { code: 'keys/not-enough-memory', neededBytes: 536_870_912 },
  'keys/worker-died': { code: 'keys/worker-died' },
  'keys/worker-mismatch': { code: 'keys/worker-mismatch' },
  'keys/watch-only': { code: 'keys/watch-only', name: 'x' },
  'keys/no-words': { code: 'keys/no-words', name: 'x' },
  'keys/hotkey-locked': { code: 'keys/hotkey-locked', name: 'x' },
  'keys/secret-differs': { code: 'keys/secret-differs', address: key },
  'keys/unknown-trash': { code: 'keys/unknown-trash', id: 'x' },
  'keys/intent-differs': { code: 'keys/intent-differs', what: 'amount' },
  'signer/unreadable': { code: 'signer/unreadable', what: 'ends early' },
  'signer/bad-metadata': { code: 'signer/bad-metadata', what: 'too large' },
  'signer/metadata-needed': { code: 'signer/metadata-needed', hash: '0x00' },
  'signer/foreign-genesis': { code: 'signer/foreign-genesis', network: 'finney', expected: '0x1', actual: '0x2' },
  'signer/not-a-message': { code: 'signer/not-a-message', reason: 'hash' },
  'signer/audit-broken': { code: 'signer/audit-broken', file: 'audit-cold.jsonl', line: 3 },
  'policy/kind': { code: 'policy/kind', kind: 'transfer', allowed: ['add-stake'] },
  'policy/subnet': { code: 'policy/subnet', netuid: one, allowed: [] },
  'policy/recipient': { code: 'policy/recipient', recipient: key },
  'policy/unknown-amount': { code: 'policy/unknown-amount', kind: 'transfer-all' },
  'policy/per-transaction': { code: 'policy/per-transaction', limit: tao, asked: tao },
  'policy/per-day': { code: 'policy/per-day', limit: tao, asked: tao, spent: tao },
  'policy/waiting': { code: 'policy/waiting', readyAtMs: 1_800_000_000_000 },
  'policy/tampered': { code: 'policy/tampered', what: 'deleted' },
  'policy/bad': { code: 'policy/bad', what: 'waitMs' },
  'stake/too-small': { code: 'stake/too-small', minimum: tao },
  'stake/balance-too-low': { code: 'stake/balance-too-low', available: tao, needed: tao },
  'stake/not-enough-alpha': { code: 'stake/not-enough-alpha', netuid: one, available: alpha(1n), needed: alpha(2n) },
  'stake/no-liquidity': { code: 'stake/no-liquidity', netuid: one },
  'stake/subnet-not-started': { code: 'stake/subnet-not-started', netuid: one },
  'stake/unknown-subnet': { code: 'stake/unknown-subnet', netuid: one },
  'stake/unknown-hotkey': { code: 'stake/unknown-hotkey', hotkey: key },
  'stake/price-moved': { code: 'stake/price-moved', price: raoPerAlpha(2n), limitPrice: raoPerAlpha(1n) },
  'stake/nothing-to-do': { code: 'stake/nothing-to-do' },
  'stake/too-many-moves': { code: 'stake/too-many-moves', most: 50 },
  'stake/same-place': { code: 'stake/same-place', netuid: one },
  'stake/transfers-off': { code: 'stake/transfers-off', netuid: one },
  'stake/limit-needed': { code: 'stake/limit-needed', netuid: one },
  'stake/impact-too-large': { code: 'stake/impact-too-large', netuid: one, movesPpm: 31_000, tolerancePpm: 5_000 },
  'stake/second-leg-lost': { code: 'stake/second-leg-lost', netuid: one, available: tao, minimum: tao },
  'stake/no-queue': { code: 'stake/no-queue', id: 'a1' },
  'stake/plan-too-old': { code: 'stake/plan-too-old', atBlock: 1, nowBlock: 30 },
  'transfer/to-itself': { code: 'transfer/to-itself' },
  'transfer/too-small': { code: 'transfer/too-small', minimum: tao },
  'transfer/balance-too-low': { code: 'transfer/balance-too-low', available: tao, needed: tao },
  'transfer/funds-held': { code: 'transfer/funds-held', held: tao },
  'address/not-valid': { code: 'address/not-valid', problem: 'other-chain', prefix: 0 },
  'address/look-alike': { code: 'address/look-alike', address: key, of: key, name: 'Exchange' },
  'address/dust-sender': { code: 'address/dust-sender', address: key },
  'address/typed-another': { code: 'address/typed-another' },
  'address/bad-name': { code: 'address/bad-name', name: '' },
  'address/name-taken': { code: 'address/name-taken', name: 'Exchange' },
  'address/already-there': { code: 'address/already-there', address: key, name: 'Exchange' },
  'address/not-there': { code: 'address/not-there', address: key },
  'address/book-unreadable': { code: 'address/book-unreadable', reason: 'it was written by a newer Taoforge' },
  'register/closed': { code: 'register/closed', netuid: one },
  'register/already-registered': { code: 'register/already-registered', netuid: one, uid: 3 },
  'register/price-above-limit': { code: 'register/price-above-limit', price: tao, limit: tao },
  'register/balance-too-low': { code: 'register/balance-too-low', available: tao, needed: tao },
  'register/other-owner': { code: 'register/other-owner', hotkey: key, owner: key },
  'register/no-place': { code: 'register/no-place', netuid: one },
  'account/balance-too-low': { code: 'account/balance-too-low', available: tao, needed: tao },
  'account/plan-too-old': { code: 'account/plan-too-old', atBlock: 1, nowBlock: 30 },
  'multisig/bad-members': { code: 'multisig/bad-members', reason: 'twice' },
  'multisig/not-a-member': { code: 'multisig/not-a-member', address: key },
  'airgap/damaged': { code: 'airgap/damaged', what: 'a code of another series' },
  'airgap/wrong-signature': { code: 'airgap/wrong-signature', address: key },
  'airgap/expired': { code: 'airgap/expired', validUntilBlock: 5, nowBlock: 9 },
  'airgap/key-not-here': { code: 'airgap/key-not-here', publicKey: '0x1' },
  'airgap/not-named': { code: 'airgap/not-named', call: 'System.remark' },
  'airgap/changed': { code: 'airgap/changed' },
  'multisig/no-operation': { code: 'multisig/no-operation', callHash: '0x1' },
  'multisig/call-unknown': { code: 'multisig/call-unknown', callHash: '0x1' },
  'multisig/waits-for-others': { code: 'multisig/waits-for-others', approvals: 1, threshold: 3 },
  'proxy/not-granted': { code: 'proxy/not-granted', real: key, delegate: key },
  'proxy/may-not': { code: 'proxy/may-not', proxyType: 'Staking', call: 'Balances.transfer_all' },
  'proxy/too-many': { code: 'proxy/too-many', most: 20 },
  'proxy/too-early': { code: 'proxy/too-early', blocksLeft: 7 },
  'swap/not-announced': { code: 'swap/not-announced', coldkey: key },
  'swap/too-early': { code: 'swap/too-early', blocksLeft: 7 },
  'swap/other-coldkey': { code: 'swap/other-coldkey', announcedHash: '0x1' },
  'swap/disputed': { code: 'swap/disputed', coldkey: key },
  'mining/not-registered': { code: 'mining/not-registered', netuid: one, hotkey: key },
  'mining/already-running': { code: 'mining/already-running' },
  'mining/not-running': { code: 'mining/not-running' },
  'mining/no-adapter': { code: 'mining/no-adapter', netuid: one },
  'mining/port-taken': { code: 'mining/port-taken', port: 8091 },
  'mining/bad-address': { code: 'mining/bad-address', address: '::', reason: 'not public' },
  'mining/serve-too-soon': { code: 'mining/serve-too-soon', blocksLeft: 12 },
  'mining/worker-died': { code: 'mining/worker-died', worker: 'llm', reason: 'killed' },
  'model/unknown': { code: 'model/unknown', id: 'm' },
  'model/not-downloaded': { code: 'model/not-downloaded', id: 'm' },
  'model/file-missing': { code: 'model/file-missing', file: '/m.gguf' },
  'model/broken': { code: 'model/broken', file: '/m.gguf', reason: 'no head' },
  'model/too-large': { code: 'model/too-large', neededBytes: 9e9, availableBytes: 1e9 },
  'model/hash-mismatch': {
    code: 'model/hash-mismatch',
    file: '/m.gguf',
    expected: 'a'.repeat(64),
    actual: 'b'.repeat(64),
  },
  'model/download-failed': { code: 'model/download-failed', reason: 'cut' },
  'model/busy': { code: 'model/busy', id: 'm' },
  'storage/disk-full': { code: 'storage/disk-full', path: '/data', neededBytes: 5 },
  'storage/broken': { code: 'storage/broken', path: '/data', reason: 'row 4' },
  'storage/read-only': { code: 'storage/read-only', path: '/data' },
  'storage/newer-version': { code: 'storage/newer-version', path: '/data' },
  'ledger/nothing-missing': { code: 'ledger/nothing-missing' },
  'ledger/filling': { code: 'ledger/filling' },
  'ledger/other-history': { code: 'ledger/other-history', block: 41 },
  'practice/only-there': { code: 'practice/only-there' },
  'practice/did-not-start': { code: 'practice/did-not-start', reason: 'no port' },
}

describe('explainError', () => {
  it.each(Object.values(SAMPLES).map((sample) => [sample.code, sample] as const))(
    'says what happened, why and what to do: %s',
    (_, sample) => {
      const { what, why, next } = explainError(sample)
      for (const sentence of [what, why, next]) {
        expect(sentence).toMatch(/^[^\s].*[.”]$/u)
        expect(sentence).not.toMatch(/undefined|NaN|\[object|!|\d{10,}/)
      }
    },
  )
  it('writes amounts in TAO, not in rao', () => {
    expect(explainError(SAMPLES['stake/too-small']).why).toContain('1.5 TAO')
  })
  it('begins a sentence with a large letter, and leaves names as they are', () => {
    expect(explainError({ code: 'chain/bad-answer', what: 'two answers differ' }).why).toBe('Two answers differ.')
    expect(explainError({ code: 'keys/keyfile-broken', file: 'coldkey', reason: 'x' }).why).toBe('coldkey: x.')
  })
  it('ends each sentence once, whatever a node wrote', () => {
    const said = (reason: string) => explainError({ code: 'chain/pool-refused', reason }).why
    expect(said('Transaction is outdated.')).toBe('Its pool said: Transaction is outdated.')
    expect(said('two\n lines ')).toBe('Its pool said: two lines.')
  })
  it('shows the code of a newer host as it is', () => {
    const words = explainError({ code: 'moon/landed' } as unknown as AppError)
    expect(words.why).toContain('moon/landed')
  })
  it('is not fooled by names of every object', () => {
    expect(explainError({ code: 'constructor' } as unknown as AppError).what).toBe('Something failed.')
  })
})
