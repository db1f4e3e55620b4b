import type { DecodedPayload } from '../transactions/transaction.ts'
import type { ReadCall, SignerReading } from './reading.ts'

/** Where two readers of the same bytes disagree. */
export interface ReadingDifference {
  readonly what: string
  /** As the chain client reads it. */
  readonly client: string
  /** As the signer reads it. */
  readonly signer: string
}

/** A call as a tree again: its arguments in order, calls in their place. */
interface CallTree {
  readonly call: string
  readonly args: readonly { readonly name: string; readonly atoms: readonly string[] }[]
}

const CALL = /^[A-Z]\w*\.[a-z]\w*$/
const nameIn = (path: string): string => /^\w+/.exec(path)?.[0] ?? ''

/** Numbers, names, addresses, hashes; without the punctuation that each reader sets in its own way, and without field names. */
function atomsOf(text: string): readonly string[] {
  const words = text.match(/[^\s,()[\]{}]+/g) ?? []
  return words.filter((word) => !word.endsWith(':'))
}

/** Calls follow their outer one in a reading; here each is put back where its name stands. */
function treeOf(calls: readonly ReadCall[]): CallTree | undefined {
  let at = 0
  const take = (depth: number): CallTree | undefined => {
    const call = calls[at]
    if (call?.depth !== depth) return undefined
    at += 1
    const args: { name: string; atoms: string[] }[] = []
    for (const { path, value } of call.args) {
      const name = nameIn(path)
      const inner =
        CALL.test(value) && calls[at]?.depth === depth + 1 && calls[at]?.call === value ? take(depth + 1) : undefined
      const atoms = inner ? [inner.call, ...inner.args.flatMap((arg) => arg.atoms)] : atomsOf(value)
      const last = args.at(-1)
      if (last?.name === name) last.atoms.push(...atoms)
      else args.push({ name, atoms: [...atoms] })
    }
    return { call: call.call, args }
  }
  const tree = take(0)
  return at === calls.length ? tree : undefined
}

/**
 * Compares what the chain client and the signer read in the same bytes. The two share no code, so a slip, or a lie of the node,
 * in one of them shows here. The signer refuses by itself what differs from what was agreed to; this is for the eye.
 * @returns nothing when they agree
 */
export function compareReadings(client: DecodedPayload, signer: SignerReading): readonly ReadingDifference[] {
  const found: ReadingDifference[] = []
  const look = (what: string, a: string | number, b: string | number) => {
    if (String(a) !== String(b)) found.push({ what, client: String(a), signer: String(b) })
  }
  const tree = treeOf(signer.calls)
  look('call', client.call, tree?.call ?? 'not readable')
  look(
    'arguments',
    client.args.map(({ name }) => name).join(', '),
    (tree?.args ?? []).map(({ name }) => name).join(', '),
  )
  for (const [at, { name, value }] of client.args.entries())
    look(name, atomsOf(value).join(' '), (tree?.args[at]?.atoms ?? ['missing']).join(' '))
  look('nonce', client.nonce, signer.nonce)
  look('tip', client.tip, signer.tip)
  look('genesis', client.genesis.toLowerCase(), signer.genesis.toLowerCase())
  look('runtime', client.specVersion, signer.specVersion)
  look(
    'lifetime',
    client.validUntilBlock === undefined ? 'for ever' : 'limited',
    signer.eraPeriod === undefined ? 'for ever' : 'limited',
  )
  return found
}
