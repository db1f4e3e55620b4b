import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type CodecType, decAnyMetadata, type v15, type v16 } from '@polkadot-api/substrate-bindings'
import { describe, expect, it } from 'vitest'
import { metadataBytes } from './metadata.ts'

/** Mainnet's own metadata, spec 424. It lies beside the repository, not in it; without it nothing can be compared. */
const MAINNET = fileURLToPath(new URL('../../../../shared/data/metadata/finney-424-v16.scale', import.meta.url))
const present = existsSync(MAINNET)
if (!present) {
  console.warn(
    `\n*** CONFORMANCE NOT CHECKED: ${MAINNET} is missing. The practice metadata may differ from mainnet. ***\n`,
  )
}

type Ours = CodecType<typeof v15>
type Theirs = CodecType<typeof v16>
type Lookup = Ours['lookup']
type Entry = Lookup[number]

const decoded = <T>(bytes: Uint8Array, tag: string): T => {
  const { metadata } = decAnyMetadata(bytes)
  if (metadata.tag !== tag) throw new Error(`${metadata.tag} where ${tag} was expected`)
  return metadata.value as T
}

/** Compares types of two registries all the way down; differences are collected, not thrown. */
class Comparison {
  readonly differences: string[] = []
  readonly #ours: Lookup
  readonly #theirs: Lookup
  /** Enums of which the practice chain may have a part: calls, events and errors. By our number. */
  readonly #partial: ReadonlySet<number>
  readonly #seen = new Set<string>()

  constructor(ours: Lookup, theirs: Lookup, partial: Iterable<number>) {
    this.#ours = ours
    this.#theirs = theirs
    this.#partial = new Set(partial)
  }

  same(what: string, ours: unknown, theirs: unknown): void {
    const [a, b] = [JSON.stringify(ours), JSON.stringify(theirs)]
    if (a !== b) this.differences.push(`${what}: ${a} is ${b} on mainnet`)
  }

  type(what: string, ourId: number | undefined, theirId: number | undefined): void {
    if (ourId === undefined || theirId === undefined) {
      this.same(what, ourId === undefined, theirId === undefined)
      return
    }
    const pair = `${ourId} ${theirId}`
    if (this.#seen.has(pair)) return
    this.#seen.add(pair)
    const [ours, theirs] = [entryOf(this.#ours, ourId), entryOf(this.#theirs, theirId)]
    const here = `${what} ${theirs.path.join('::')}`.trim()
    this.same(`${here} path`, ours.path, theirs.path)
    this.same(
      `${here} parameters`,
      ours.params.map((one) => one.name),
      theirs.params.map((one) => one.name),
    )
    ours.params.forEach((one, at) => {
      this.type(`${here}<${one.name}>`, one.type, theirs.params[at]?.type)
    })
    this.#def(here, ours, theirs, this.#partial.has(ourId))
  }

  #def(what: string, { def: ours }: Entry, { def: theirs }: Entry, partial: boolean): void {
    if (ours.tag === 'composite' && theirs.tag === 'composite') return this.#fields(what, ours.value, theirs.value)
    if (ours.tag === 'variant' && theirs.tag === 'variant')
      return this.#variants(what, ours.value, theirs.value, partial)
    if (ours.tag === 'primitive' && theirs.tag === 'primitive') return this.same(what, ours.value.tag, theirs.value.tag)
    if (ours.tag === 'array' && theirs.tag === 'array') {
      this.same(`${what} length`, ours.value.len, theirs.value.len)
      return this.type(`${what}[]`, ours.value.type, theirs.value.type)
    }
    if (ours.tag === 'tuple' && theirs.tag === 'tuple') {
      const other = theirs.value
      this.same(`${what} size`, ours.value.length, other.length)
      ours.value.forEach((id, at) => {
        this.type(`${what}.${at}`, id, other[at])
      })
      return
    }
    if ((ours.tag === 'sequence' || ours.tag === 'compact') && ours.tag === theirs.tag) {
      return this.type(what, ours.value, theirs.value as number)
    }
    this.same(`${what} kind`, ours.tag, theirs.tag)
  }

  #fields(what: string, ours: readonly Field[], theirs: readonly Field[]): void {
    this.same(
      `${what} fields`,
      ours.map((one) => one.name ?? null),
      theirs.map((one) => one.name ?? null),
    )
    ours.forEach((one, at) => {
      this.type(`${what}.${one.name ?? at}`, one.type, theirs[at]?.type)
    })
  }

  #variants(what: string, ours: readonly Variant[], theirs: readonly Variant[], partial: boolean): void {
    if (!partial)
      this.same(`${what} variants`, ours.map((one) => one.name).sort(), theirs.map((one) => one.name).sort())
    for (const one of ours) {
      const other = theirs.find((candidate) => candidate.name === one.name)
      if (other === undefined && NEWER_VARIANTS.has(one.name)) continue
      this.same(`${what}::${one.name} number`, one.index, other?.index)
      if (other !== undefined) this.#fields(`${what}::${one.name}`, one.fields, other.fields)
    }
  }
}

interface Field {
  readonly name: string | undefined
  readonly type: number
}
interface Variant {
  readonly name: string
  readonly index: number
  readonly fields: readonly Field[]
}

const entryOf = (lookup: Lookup, id: number): Entry => {
  const entry = lookup[id]
  if (entry === undefined) throw new Error(`no type ${id}`)
  return entry
}

/** Newer than spec 424, see definitions/newer.ts: the only names that mainnet of that day does not have. */
const NEWER: ReadonlySet<string> = new Set([
  'storage SubtensorModule CollateralLockShare',
  'storage SubtensorModule CollateralDrainRatio',
  'storage SubtensorModule MinerCollateral',
  'storage SubtensorModule ColdkeyMinerCollateral',
  'storage SubtensorModule BasketClaimed',
  'storage SubtensorModule RootStakeUnlockInterval',
  'runtime API BetaBasketRuntimeApi',
])

/** Calls, events and errors of the same kind. */
const NEWER_VARIANTS: ReadonlySet<string> = new Set([
  'claim_root_with_hotkey',
  'move_stake_limit',
  'CollateralLocked',
  'RootStakeLocked',
  'KeepStakeBlockedByCollateral',
])

/** The member of mainnet with the same name; a difference when mainnet has none. */
function counterpart<T extends { readonly name: string }>(
  list: readonly T[],
  name: string,
  at: Comparison,
  what: string,
) {
  const found = list.find((one) => one.name === name)
  if (found === undefined && !NEWER.has(`${what} ${name}`)) {
    at.differences.push(`${what} ${name} does not exist on mainnet`)
  }
  return found
}

function compareStorage(ours: Ours['pallets'][number], theirs: Theirs['pallets'][number], at: Comparison): void {
  if (ours.storage !== undefined) at.same(`${ours.name} prefix`, ours.storage.prefix, theirs.storage?.prefix)
  for (const item of ours.storage?.items ?? []) {
    const what = `${ours.name}.${item.name}`
    const other = counterpart(theirs.storage?.items ?? [], item.name, at, `storage ${ours.name}`)
    if (other === undefined) continue
    at.same(`${what} modifier`, item.modifier, other.modifier)
    at.same(`${what} default`, item.fallback, other.fallback)
    at.same(`${what} kind`, item.type.tag, other.type.tag)
    if (item.type.tag === 'plain' && other.type.tag === 'plain') at.type(what, item.type.value, other.type.value)
    if (item.type.tag !== 'map' || other.type.tag !== 'map') continue
    at.same(
      `${what} hashers`,
      item.type.value.hashers.map((one) => one.tag),
      other.type.value.hashers.map((one) => one.tag),
    )
    at.type(`${what} key`, item.type.value.key, other.type.value.key)
    at.type(`${what} value`, item.type.value.value, other.type.value.value)
  }
}

/** Says who it is: its own name and the list of its own APIs. Its type is compared, its value cannot be equal. */
const OWN_VALUES = new Set(['System.Version'])

function compareConstants(ours: Ours['pallets'][number], theirs: Theirs['pallets'][number], at: Comparison): void {
  for (const one of ours.constants) {
    const what = `${ours.name}.${one.name}`
    const other = counterpart(theirs.constants, one.name, at, `constant ${ours.name}`)
    if (other === undefined) continue
    at.type(what, one.type, other.type)
    if (!OWN_VALUES.has(what)) at.same(`${what} value`, one.value, other.value)
  }
}

function comparePallets(ours: Ours, theirs: Theirs, at: Comparison): void {
  for (const pallet of ours.pallets) {
    const other = counterpart(theirs.pallets, pallet.name, at, 'pallet')
    if (other === undefined) continue
    at.same(`${pallet.name} number`, pallet.index, other.index)
    if (pallet.calls !== undefined) at.type(`${pallet.name} calls`, pallet.calls, other.calls?.type)
    if (pallet.events !== undefined) at.type(`${pallet.name} events`, pallet.events, other.events?.type)
    if (pallet.errors !== undefined) at.type(`${pallet.name} errors`, pallet.errors, other.errors?.type)
    compareStorage(pallet, other, at)
    compareConstants(pallet, other, at)
  }
}

function compareApis(ours: Ours, theirs: Theirs, at: Comparison): void {
  for (const api of ours.apis) {
    const other = counterpart(theirs.apis, api.name, at, 'runtime API')
    if (other === undefined) continue
    for (const method of api.methods) {
      const what = `${api.name}_${method.name}`
      const same = counterpart(other?.methods ?? [], method.name, at, `runtime API ${api.name}`)
      if (same === undefined) continue
      at.same(
        `${what} inputs`,
        method.inputs.map((one) => one.name),
        same.inputs.map((one) => one.name),
      )
      method.inputs.forEach((one, index) => {
        at.type(`${what} ${one.name}`, one.type, same.inputs[index]?.type)
      })
      at.type(`${what} output`, method.output, same.output)
    }
  }
}

function compareExtrinsic(ours: Ours, theirs: Theirs, at: Comparison): void {
  const names = (list: readonly { identifier: string }[]) => list.map((one) => one.identifier)
  at.same('extrinsic format', theirs.extrinsic.version.includes(ours.extrinsic.version), true)
  at.type('address', ours.extrinsic.address, theirs.extrinsic.address)
  at.type('signature', ours.extrinsic.signature, theirs.extrinsic.signature)
  at.same('signed extensions', names(ours.extrinsic.signedExtensions), names(theirs.extrinsic.signedExtensions))
  ours.extrinsic.signedExtensions.forEach((one, index) => {
    const other = theirs.extrinsic.signedExtensions[index]
    at.type(`${one.identifier} extra`, one.type, other?.type)
    at.type(`${one.identifier} additional`, one.additionalSigned, other?.additionalSigned)
  })
  for (const kind of ['call', 'event', 'error'] as const)
    at.type(`outer ${kind}`, ours.outerEnums[kind], theirs.outerEnums[kind])
}

function differences(ours: Ours, theirs: Theirs): string[] {
  const parts = ours.pallets.flatMap(({ calls, events, errors }) => [calls, events, errors])
  const partial = [...parts, ...Object.values(ours.outerEnums)].filter((id) => id !== undefined)
  const at = new Comparison(ours.lookup, theirs.lookup, partial)
  comparePallets(ours, theirs, at)
  compareApis(ours, theirs, at)
  compareExtrinsic(ours, theirs, at)
  return at.differences
}

/** What mainnet has and the practice chain does not, one line for each part of each pallet. */
function leftOut(ours: Ours, theirs: Theirs): string[] {
  const variants = (lookup: Lookup, id: number | undefined): string[] => {
    const def = id === undefined ? undefined : entryOf(lookup, id).def
    return def?.tag === 'variant' ? def.value.map((one) => one.name) : []
  }
  const lines: string[] = []
  const missing = (what: string, own: readonly string[], all: readonly string[]) => {
    const names = all.filter((name) => !own.includes(name))
    if (names.length > 0) lines.push(`${what} (${names.length} of ${all.length}): ${names.join(' ')}`)
  }
  const named = (list: readonly { name: string }[] | undefined) => (list ?? []).map((one) => one.name)
  missing('pallets', named(ours.pallets), named(theirs.pallets))
  for (const pallet of ours.pallets) {
    const other = theirs.pallets.find((one) => one.name === pallet.name)
    for (const kind of ['calls', 'events', 'errors'] as const) {
      missing(
        `${pallet.name} ${kind}`,
        variants(ours.lookup, pallet[kind]),
        variants(theirs.lookup, other?.[kind]?.type),
      )
    }
    missing(`${pallet.name} storage`, named(pallet.storage?.items), named(other?.storage?.items))
    missing(`${pallet.name} constants`, named(pallet.constants), named(other?.constants))
  }
  missing('runtime APIs', named(ours.apis), named(theirs.apis))
  for (const api of ours.apis)
    missing(api.name, named(api.methods), named(theirs.apis.find((one) => one.name === api.name)?.methods))
  return lines
}

describe.skipIf(!present)('against mainnet’s metadata of spec 424', () => {
  const read = () =>
    [
      decoded<Ours>(metadataBytes(15), 'v15'),
      decoded<Theirs>(present ? new Uint8Array(readFileSync(MAINNET)) : new Uint8Array(), 'v16'),
    ] as const

  it('everything that is included is the same', () => {
    const [ours, theirs] = read()
    process.stdout.write(`Left out of the practice chain:\n  ${leftOut(ours, theirs).join('\n  ')}\n`)
    expect(differences(ours, theirs)).toEqual([])
  })

  it('the versions of the runtime APIs are the same', async () => {
    const { RUNTIME_APIS } = await import('../definitions/runtime-apis.ts')
    const [, theirs] = read()
    const known = Object.values(RUNTIME_APIS).filter(({ name }) => !NEWER.has(`runtime API ${name}`))
    const own = known.map(({ name, version }) => [name, version])
    expect(own).toEqual(own.map(([name]) => [name, theirs.apis.find((api) => api.name === name)?.version]))
  })

  it.each<[string, RegExp, (ours: Ours) => void]>([
    [
      'a call’s number',
      /add_stake number/,
      (ours) => {
        variant(ours, 'Call', 'add_stake').index = 200
      },
    ],
    [
      'a call’s argument name',
      /add_stake fields/,
      (ours) => {
        variant(ours, 'Call', 'add_stake').fields[0]!.name = 'key'
      },
    ],
    [
      'a call’s argument type',
      /add_stake.netuid/,
      (ours) => {
        variant(ours, 'Call', 'add_stake').fields[1]!.type = 0
      },
    ],
    [
      'a call that mainnet lacks',
      /magic number/,
      (ours) => {
        variant(ours, 'Call', 'add_stake').name = 'magic'
      },
    ],
    [
      'an error’s number',
      /SlippageTooHigh number/,
      (ours) => {
        variant(ours, 'Error', 'SlippageTooHigh').index = 1
      },
    ],
    [
      'a default',
      /Tempo default/,
      (ours) => {
        item(ours, 'Tempo').fallback = '0x0000' as never
      },
    ],
    [
      'a modifier',
      /Tempo modifier/,
      (ours) => {
        item(ours, 'Tempo').modifier = 0
      },
    ],
    [
      'a missing variant of a whole enum',
      /DispatchError variants/,
      (ours) => {
        const entry = ours.lookup.find((one) => one.path.join('::') === 'sp_runtime::DispatchError')!
        if (entry.def.tag === 'variant') entry.def.value.pop()
      },
    ],
    [
      'an extension’s place',
      /signed extensions/,
      (ours) => {
        ours.extrinsic.signedExtensions.reverse()
      },
    ],
    [
      'an API’s output',
      /get_metagraph output/,
      (ours) => {
        ours.apis
          .find((api) => api.name === 'SubnetInfoRuntimeApi')!
          .methods.find((one) => one.name === 'get_metagraph')!.output = 0
      },
    ],
  ])('a difference in %s is found', (_, expected, change) => {
    const [ours, theirs] = read()
    change(ours)
    expect(differences(ours, theirs).join('\n')).toMatch(expected)
  })
})

function variant(ours: Ours, kind: string, name: string) {
  const entry = ours.lookup.find((one) => one.path.join('::') === `pallet_subtensor::pallet::${kind}`)
  const found = entry?.def.tag === 'variant' ? entry.def.value.find((one) => one.name === name) : undefined
  if (found === undefined) throw new Error(`no ${kind} ${name}`)
  return found
}

const item = (ours: Ours, name: string) =>
  ours.pallets.find((one) => one.name === 'SubtensorModule')!.storage!.items.find((one) => one.name === name)!
