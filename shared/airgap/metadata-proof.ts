import { Ends, Skipper } from './scale-skip.ts'

/** Types that one payload needs; Subtensor's largest batch needs some hundred. */
const MOST_LEAVES = 2_048
const MOST_FIELDS = 512
/** Number of the first type reference that carries a number. @source RFC-78, `TypeRef::ById` */
const BY_ID = 22

/**
 * Bytes of a metadata proof at the start of `bytes`, by its structure alone; whether it proves anything is for the signer.
 * @returns `undefined` when there is none
 * @source RFC-78 "Merkleized Metadata"; the order of parts as `@polkadot-api/merkleize-metadata` and Polkadot Vault read it
 */
export function proofLength(bytes: Uint8Array): number | undefined {
  const walk = new Skipper(bytes)
  try {
    walk.each(MOST_LEAVES, () => leaf(walk))
    walk.each(MOST_LEAVES, () => walk.skip(4))
    walk.each(MOST_LEAVES * 32, () => walk.skip(32))
    extrinsic(walk)
    walk.skip(4)
    walk.text()
    walk.skip(3)
    walk.text()
    return walk.at
  } catch (cause) {
    if (cause instanceof Ends) return undefined
    throw cause
  }
}

function leaf(walk: Skipper): void {
  walk.each(MOST_FIELDS, () => walk.text())
  typeDef(walk)
  walk.compact()
}

function typeDef(walk: Skipper): void {
  switch (walk.byte()) {
    case 0:
      return void walk.each(MOST_FIELDS, () => field(walk))
    case 1:
      walk.text()
      walk.each(MOST_FIELDS, () => field(walk))
      return void walk.compact()
    case 2:
      return typeRef(walk)
    case 3:
      walk.skip(4)
      return typeRef(walk)
    case 4:
      return void walk.each(MOST_FIELDS, () => typeRef(walk))
    case 5:
      return walk.skip(2)
    default:
      throw new Ends('a type that is none')
  }
}

function field(walk: Skipper): void {
  walk.option(() => walk.text())
  typeRef(walk)
  walk.option(() => walk.text())
}

function typeRef(walk: Skipper): void {
  const kind = walk.byte()
  if (kind > BY_ID) throw new Ends('a reference that is none')
  if (kind === BY_ID) walk.compact()
}

function extrinsic(walk: Skipper): void {
  walk.skip(1)
  for (let i = 0; i < 3; i += 1) typeRef(walk)
  walk.each(MOST_FIELDS, () => {
    walk.text()
    typeRef(walk)
    typeRef(walk)
  })
}
