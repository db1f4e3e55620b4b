import type { Intent } from '../../../../shared/signing/intent.ts'
import type { DecodedPayload, SignablePlan } from '../../../../shared/transactions/transaction.ts'
import { fail } from '../failure.ts'
import { parseIp } from '../read/ip.ts'
import type { Runtime } from '../runtime/runtime.ts'
import { toHex } from '../scale/bytes.ts'
import { coldkeyHash } from './intent-call.ts'
import { intentOfCall } from './intent-of-call.ts'
import { callText, readWholeCall } from './read-call.ts'

export interface Expected {
  readonly genesis: string
  readonly specVersion: number
  readonly nonce: number
}

const differs = (what: string): never => fail({ code: 'keys/intent-differs', what })

/**
 * The last look before a key is asked: what the bytes say must be what was confirmed, argument by argument.
 * @errors keys/intent-differs, naming the first difference
 */
export function verifyDecoded(decoded: DecodedPayload, plan: SignablePlan, expected: Expected): void {
  const { call, args } = confirmed(plan)
  if (decoded.call !== call) differs(`call ${decoded.call}, confirmed ${call}`)
  const names = decoded.args.map((argument) => argument.name).join(', ')
  if (names !== Object.keys(args).join(', ')) differs(`arguments ${names}`)
  for (const { name, value } of decoded.args)
    if (value !== String(args[name])) differs(`${name} is ${value}, confirmed ${args[name]}`)
  verifyAround(decoded, expected)
}

/** All but the call itself. @errors keys/intent-differs, naming the first difference */
export function verifyAround(decoded: DecodedPayload, expected: Expected): void {
  if (decoded.genesis !== expected.genesis) differs(`genesis ${decoded.genesis}`)
  if (decoded.specVersion !== expected.specVersion) differs(`spec version ${decoded.specVersion}`)
  if (decoded.nonce !== expected.nonce) differs(`nonce ${decoded.nonce}`)
  if (decoded.tip !== '0') differs(`tip ${decoded.tip}`)
  if (decoded.validUntilBlock === undefined) differs('it never expires')
}

/**
 * Reads a call back and compares it with the intent that it was made from, nested calls included.
 * @errors keys/intent-differs
 */
export function verifyCall(runtime: Runtime, bytes: Uint8Array, intent: Intent): void {
  const read = readWholeCall(runtime, bytes)
  // The chain holds a hash here, the intent an address: the one intent that cannot be read back.
  if (intent.kind === 'announce-coldkey-swap') {
    const [hash] = read.args
    const expected = toHex(coldkeyHash(intent.newColdkey))
    if (read.name !== 'SubtensorModule.announce_coldkey_swap') differs(`call ${read.name}`)
    if (!(hash?.value instanceof Uint8Array) || toHex(hash.value) !== expected) differs('new coldkey')
    return
  }
  const again = intentOfCall(read)
  if (again === undefined || !sameIntent(again, intent)) differs(callText(read))
}

/** Optional fields that say what is the default anyway do not make a difference. */
const sameIntent = (a: Intent, b: Intent): boolean => canonical(a) === canonical(b)
const canonical = (intent: Intent): string => JSON.stringify(ordered(intent))

function ordered(value: unknown): unknown {
  if (typeof value === 'bigint') return `${value}n`
  if (Array.isArray(value)) return value.map(ordered)
  if (typeof value !== 'object' || value === null) return value
  const kept = Object.entries(value).filter(([, inner]) => inner !== undefined && inner !== false)
  return Object.fromEntries(kept.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, inner]) => [key, ordered(inner)]))
}

type Confirmed = { readonly call: string; readonly args: Readonly<Record<string, string | number | bigint | boolean>> }

/** Written apart from the code that builds the call, in the chain's order of arguments, so that a slip there shows. */
function confirmed(plan: SignablePlan): Confirmed {
  switch (plan.kind) {
    case 'register': {
      const { netuid, hotkey } = plan.request
      return { call: 'SubtensorModule.register_limit', args: { netuid, hotkey, limit_price: plan.limitPrice } }
    }
    case 'transfer': {
      const { to, amount } = plan.request
      return { call: 'Balances.transfer_keep_alive', args: { dest: to, value: amount } }
    }
    case 'transfer-all':
      return { call: 'Balances.transfer_all', args: { dest: plan.request.to, keep_alive: false } }
    case 'serve-axon': {
      const ip = parseIp(plan.ip)
      const where = { ip: ip?.value ?? 'no address', port: plan.port, ip_type: ip?.type ?? 'no address' }
      const { netuid, version, protocol } = plan
      const args = { netuid, version, ...where, protocol, placeholder1: 0, placeholder2: 0 }
      return { call: 'SubtensorModule.serve_axon', args }
    }
  }
}
