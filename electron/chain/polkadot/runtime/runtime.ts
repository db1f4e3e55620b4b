import type { PalletMetadataLatest, RuntimeApiMethodMetadataV16 } from '@polkadot/types/interfaces'
import { stringCamelCase } from '@polkadot/util'
import { badAnswer, fail } from '../failure.ts'
import { concat } from '../scale/bytes.ts'
import { decodeWhole } from '../scale/decode.ts'
import { encode } from '../scale/encode.ts'
import { TypeTable, type Variant } from '../scale/type-table.ts'
import { type RuntimeMetadata, readMetadata } from './metadata.ts'
import { StorageItem } from './storage-item.ts'

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
  readonly metadata: RuntimeMetadata
  readonly #pallets = new Map<string, PalletMetadataLatest>()
  readonly #apis = new Map<string, RuntimeApiMethodMetadataV16>()
  readonly #storage = new Map<string, StorageItem>()

  /** @param metadata bytes that begin with `meta`. @errors chain/bad-answer */
  constructor(metadata: Uint8Array) {
    this.metadata = readMetadata(metadata)
    const { registry, latest } = this.metadata
    this.types = new TypeTable(registry.lookup)
    for (const pallet of latest.pallets) this.#pallets.set(pallet.name.toString(), pallet)
    for (const api of latest.apis)
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
    const found = this.#pallets.get(pallet)?.constants.find((constant) => constant.name.eq(item))
    return found && decodeWhole(this.types, found.type.toNumber(), found.value.toU8a(true), name)
  }

  encodeApiArgs(name: string, args: readonly unknown[]): Uint8Array {
    const { inputs } = this.#api(name)
    if (inputs.length !== args.length) fail({ code: 'chain/unsupported', missing: [`${name}(${args.length})`] })
    return concat(...inputs.map((input, index) => encode(this.types, input.type.toNumber(), args[index])))
  }
  decodeApiAnswer(name: string, bytes: Uint8Array): unknown {
    return decodeWhole(this.types, this.#api(name).output.toNumber(), bytes, name)
  }

  call(name: string): { readonly pallet: number; readonly variant: Variant } {
    return this.#call(name) ?? fail({ code: 'chain/unsupported', missing: [name] })
  }

  /** The pallet and call that two index bytes mean. */
  callAt(palletIndex: number, callIndex: number): { readonly name: string; readonly variant: Variant } | undefined {
    const pallet = this.#palletAt(palletIndex)
    const calls = pallet?.calls.unwrapOr(undefined)
    const variant = calls && this.types.variants(calls.type.toNumber()).get(callIndex)
    return pallet && variant && { name: `${pallet.name}.${variant.name}`, variant }
  }

  /** Name and documentation of a module error. */
  moduleError(palletIndex: number, errorIndex: number): { readonly name: string; readonly docs: string } | undefined {
    const pallet = this.#palletAt(palletIndex)
    const errors = pallet?.errors.unwrapOr(undefined)
    const variant = errors && this.types.variants(errors.type.toNumber()).get(errorIndex)
    return pallet && variant && { name: `${pallet.name}.${variant.name}`, docs: variant.docs.join(' ').trim() }
  }

  #palletAt(index: number): PalletMetadataLatest | undefined {
    return [...this.#pallets.values()].find((candidate) => candidate.index.toNumber() === index)
  }

  #api(name: string): RuntimeApiMethodMetadataV16 {
    return this.#apis.get(name) ?? fail({ code: 'chain/unsupported', missing: [name] })
  }

  #call(name: string): { pallet: number; variant: Variant } | undefined {
    const [palletName, call] = split(name)
    const pallet = this.#pallets.get(palletName)
    const calls = pallet?.calls.unwrapOr(undefined)
    if (!pallet || !calls) return undefined
    const variants = this.types.variants(calls.type.toNumber()).values()
    const variant = [...variants].find((candidate) => candidate.name === call)
    return variant && { pallet: pallet.index.toNumber(), variant }
  }

  #item(name: string): StorageItem | undefined {
    const known = this.#storage.get(name)
    if (known) return known
    const [palletName, item] = split(name)
    const entry = this.metadata.storage[stringCamelCase(palletName)]?.[stringCamelCase(item)]
    // The library spells names its own way; only the chain's spelling counts.
    if (!this.#pallets.has(palletName) || !entry?.meta.name.eq(item)) return undefined
    const made = new StorageItem(this.types, entry)
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
