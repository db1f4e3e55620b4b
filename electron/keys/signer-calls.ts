import { createHash } from 'node:crypto'
import type { AppError } from '../../shared/errors.ts'
import type { Result } from '../../shared/result.ts'
import { passwordOnWire } from './on-wire.ts'
import type { SignerPort, SigningChain } from './signer.port.ts'
import type { KeysAnswers, KeysRequest, KeysRole } from './wire.ts'

type Ask = <R extends KeysRequest>(role: KeysRole, request: R) => Promise<Result<KeysAnswers[R['kind']], AppError>>

/** The signer's port over the pipe: each key's request to its own process, and metadata only where it is missing. */
export function signerCalls(ask: Ask): SignerPort {
  const hashes = new WeakMap<Uint8Array, string>()
  const onWire = ({ network, genesis, metadata }: SigningChain) => {
    const metadataHash = hashes.get(metadata) ?? createHash('sha256').update(metadata).digest('hex')
    hashes.set(metadata, metadataHash)
    return { network, genesis, metadataHash }
  }
  /** Asks; teaches the process the runtime when it does not know it; asks once more. */
  async function taught<R extends KeysRequest>(role: KeysRole, request: R, metadata: Uint8Array) {
    const first = await ask(role, request)
    if (first.ok || first.error.code !== 'signer/metadata-needed') return first
    const learnt = await ask(role, { kind: 'learn-runtime', metadata })
    return learnt.ok ? ask(role, request) : learnt
  }
  return {
    sign: ({ wallet, signer, payload, intent, chain }) =>
      taught(
        signer === 'coldkey' ? 'cold' : 'hot',
        { kind: 'sign', wallet, signer, payload, intent, chain: onWire(chain) },
        chain.metadata,
      ),
    signShielded: ({ wallet, payload, intent, chain, shieldKey }) =>
      taught(
        'cold',
        { kind: 'sign-shielded', wallet, payload, intent, chain: onWire(chain), shieldKey },
        chain.metadata,
      ),
    signOrder: ({ wallet, order, chain: { network, genesis } }) =>
      ask('cold', { kind: 'sign-order', wallet, order, chain: { network, genesis } }),
    read: ({ payload, chain }) =>
      taught('cold', { kind: 'read-payload', payload, chain: onWire(chain) }, chain.metadata),
    policy: (wallet) => ask('cold', { kind: 'policy', wallet }),
    setPolicy: ({ wallet, policy, password }) =>
      ask('cold', {
        kind: 'set-policy',
        wallet,
        policy,
        ...(password === undefined ? {} : { password: passwordOnWire(password) }),
      }),
    cancelLoosening: (wallet) => ask('cold', { kind: 'cancel-loosening', wallet }),
    audit: (request) => ask('cold', { kind: 'audit', ...request }),
    exportAudit: (request) => ask('cold', { kind: 'export-audit', ...request }),
    signMessage: ({ wallet, signer, text, form }) =>
      ask(signer === 'coldkey' ? 'cold' : 'hot', { kind: 'sign-message', wallet, signer, text, form }),
    beginAnswers: ({ wallet, hotkey, netuid, chain: { network, genesis } }) =>
      ask('hot', { kind: 'begin-answers', wallet, hotkey, netuid, chain: { network, genesis } }),
    signAnswer: ({ wallet, hotkey, answer: { nonce, caller, uuid } }) =>
      ask('hot', { kind: 'sign-answer', wallet, hotkey, answer: { nonce, caller, uuid } }),
    endAnswers: ({ wallet, hotkey }) => ask('hot', { kind: 'end-answers', wallet, hotkey }),
    verifyMessage: ({ address, text, signature }) => ask('cold', { kind: 'verify-message', address, text, signature }),
  }
}
