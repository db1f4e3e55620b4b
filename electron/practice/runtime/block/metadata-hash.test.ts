import { expect, it } from 'vitest'
import { signExtrinsic } from '../../extrinsic/sign.ts'
import { metadataDigest } from '../../metadata/metadata-digest.ts'
import { fromHex, toHex } from '../../scale/hex.ts'
import { alice, transferTo } from '../testing/books.ts'
import { TestChain } from '../testing/test-chain.ts'

const chain = new TestChain()
const signed = (digest?: string): Uint8Array =>
  signExtrinsic({
    call: transferTo(chain.account('//Bob'), 1_000_000n),
    signer: chain.key('//Alice'),
    nonce: 0,
    genesis: chain.context.genesis,
    ...(digest === undefined ? {} : { metadataDigest: digest }),
  })

it('takes a signature over the right digest of the metadata', () => {
  expect(chain.validate(signed(metadataDigest()))).toMatchObject({ ok: true, sender: alice })
})

it('refuses one over another digest as a bad proof, and one that says so without covering it', () => {
  const wrong = fromHex(metadataDigest())
  wrong[0] = (wrong[0] ?? 0) ^ 1
  expect(chain.validate(signed(toHex(wrong)))).toEqual({ ok: false, code: 'bad-proof' })
  const uncovered = signed()
  const covered = signed(metadataDigest())
  // The mode byte is the only one before the call that differs; the signature stays that of mode 0.
  const mode = covered.length - callLength() - 1
  expect([uncovered[mode], covered[mode]]).toEqual([0, 1])
  uncovered[mode] = 1
  expect(chain.validate(uncovered)).toEqual({ ok: false, code: 'bad-proof' })
})

it('takes a signature without a digest as before', () => {
  expect(chain.validate(signed())).toMatchObject({ ok: true })
})

/** Pallet, call, address kind, address and a four-byte compact amount. */
const callLength = (): number => 2 + 1 + 32 + 4
