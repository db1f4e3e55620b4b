import { decAnyMetadata, type UnifiedMetadata, unifyMetadata } from '@polkadot-api/substrate-bindings'
import { badAnswer, fail } from '../failure.ts'
import { concat, fromHex } from '../scale/bytes.ts'
import { decodeWhole } from '../scale/decode.ts'
import { encode } from '../scale/encode.ts'
import { TypeTable, type Variant } from '../scale/type-table.ts'
import { StorageItem } from './storage-item.ts'

type Pallet = UnifiedMetadata['pallets'][number]
type ApiMethod = UnifiedMetadata['apis'][number]['methods'][number]

export interface Version {
  readonly specName: string
  readonly specVersion: number
  readonly transactionVersion: number
}

/** Names that a feature uses, as `Pallet.item` or `Api.method`. */
export interface Needs {
  readonly calls?: readonly string[]
  readonly storage?: readonly string[]
  readonly apis?: readonly string[]
}

/** One runtime, as its own metadata describes it. Nothing about pallets is known from anywhere else. */
export class Runtime {
  readonly version: Version
  readonly types: TypeTable
  readonly extrinsic: UnifiedMetadata['extrinsic']
  readonly #pallets = new Map<string, Pallet>()
  readonly #apis = new Map<string, ApiMethod>()
  readonly #storage = new Map<string, StorageItem>()

  /** @param metadata bytes that begin with `meta`. @errors chain/bad-answer */
  constructor(metadata: Uint8Array) {
    const unified = readMetadata(metadata)
    this.types = new TypeTable(unified.lookup)
    this.extrinsic = unified.extrinsic
    for (const pallet of unified.pallets) this.#pallets.set(pallet.name, pallet)
    for (const api of unified.apis)
      for (const method of api.methods) this.#apis.set(`${api.name}.${method.name}`, method)
    this.version = this.#readVersion()
  }

  has(needs: Needs): boolean {
    return this.missing(needs).length === 0
  }
  missing({ calls = [], storage = [], apis = [] }: Needs): readonly string[] {
    return [
      ...calls.filter((name) => this.#call(name) === undefined),
      ...storage.filter((name) => this.#item(name) === undefined),
      ...apis.filter((name) => !this.#apis.has(name)),
    ]
  }
  /** @errors chain/unsupported with every missing name at once */
  need(needs: Needs): void {
    const missing = this.missing(needs)
    if (missing.length > 0) fail({ code: 'chain/unsupported', missing })
  }

  storage(name: string): StorageItem {
    return this.#item(name) ?? fail({ code: 'chain/unsupported', missing: [name] })
  }

  /** `undefined` where this runtime has no such constant. */
  constant(name: string): unknown {
    const [pallet, item] = split(name)
    const found = this.#pallets.get(pallet)?.constants.find((constant) => constant.name === item)
    return found && decodeWhole(this.types, found.type, fromHex(found.value, name), name)
  }

  encodeApiArgs(name: string, args: readonly unknown[]): Uint8Array {
    const { inputs } = this.#api(name)
    if (inputs.length !== args.length) fail({ code: 'chain/unsupported', missing: [`${name}(${args.length})`] })
    return concat(...inputs.map((input, index) => encode(this.types, input.type, args[index])))
  }
  decodeApiAnswer(name: string, bytes: Uint8Array): unknown {
    return decodeWhole(this.types, this.#api(name).output, bytes, name)
  }

  call(name: string): { readonly pallet: number; readonly variant: Variant } {
    return this.#call(name) ?? fail({ code: 'chain/unsupported', missing: [name] })
  }

  /** The pallet and call that two index bytes mean. */
  callAt(palletIndex: number, callIndex: number): { readonly name: string; readonly variant: Variant } | undefined {
    const pallet = [...this.#pallets.values()].find((candidate) => candidate.index === palletIndex)
    const variant = pallet?.calls && this.types.variants(pallet.calls.type).get(callIndex)
    return pallet && variant && { name: `${pallet.name}.${variant.name}`, variant }
  }

  /** Name and documentation of a module error. */
  moduleError(palletIndex: number, errorIndex: number): { readonly name: string; readonly docs: string } | undefined {
    const pallet = [...this.#pallets.values()].find((candidate) => candidate.index === palletIndex)
    const variant = pallet?.errors && this.types.variants(pallet.errors.type).get(errorIndex)
    return pallet && variant && { name: `${pallet.name}.${variant.name}`, docs: variant.docs.join(' ').trim() }
  }

  #api(name: string): ApiMethod {
    return this.#apis.get(name) ?? fail({ code: 'chain/unsupported', missing: [name] })
  }

  #call(name: string): { pallet: number; variant: Variant } | undefined {
    const [palletName, call] = split(name)
    const pallet = this.#pallets.get(palletName)
    if (!pallet?.calls) return undefined
    const variant = [...this.types.variants(pallet.calls.type).values()].find((candidate) => candidate.name === call)
    return variant && { pallet: pallet.index, variant }
  }

  #item(name: string): StorageItem | undefined {
    const known = this.#storage.get(name)
    if (known) return known
    const [palletName, item] = split(name)
    const storage = this.#pallets.get(palletName)?.storage
    const meta = storage?.items.find((candidate) => candidate.name === item)
    if (!storage || !meta) return undefined
    const made = new StorageItem(this.types, storage.prefix, meta)
    this.#storage.set(name, made)
    return made
  }

  #readVersion(): Version {
    const value = this.constant('System.Version') as Record<string, unknown> | undefined
    const { spec_name: specName, spec_version: specVersion, transaction_version: transactionVersion } = value ?? {}
    if (typeof specName !== 'string' || typeof specVersion !== 'number' || typeof transactionVersion !== 'number')
      return badAnswer('System.Version')
    return { specName, specVersion, transactionVersion }
  }
}

function split(name: string): readonly [string, string] {
  const dot = name.indexOf('.')
  return [name.slice(0, dot), name.slice(dot + 1)]
}

function readMetadata(bytes: Uint8Array): UnifiedMetadata {
  try {
    return unifyMetadata(decAnyMetadata(bytes))
  } catch {
    return badAnswer('metadata')
  }
}
