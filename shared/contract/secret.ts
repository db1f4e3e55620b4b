import { z } from 'zod'
import type { Sealed } from '../sealing/sealed.ts'
import type { Channel } from './define.ts'

// Which fields and answers of the contract are secret, in one place: windows and terminals seal all that is marked here
// (`sealed-call.ts`), and a terminal takes none of it from an argument.

/** X25519, 32 bytes in hex. */
export const publicKey = z.string().regex(/^[0-9a-f]{64}$/)
/** Longer than any secret of the contract: 8192 characters of four bytes each, and the cipher's own 16. */
const LONGEST_BOX = 2 * (4 * 8192 + 16)

export const sealedBox: z.ZodType<Sealed> = z.strictObject({
  to: publicKey,
  enc: publicKey,
  box: z
    .string()
    .max(LONGEST_BOX)
    .regex(/^(?:[0-9a-f]{2})+$/),
})

/** A secret of a request, as text or sealed to the keys process that will read it. */
export const secretText = (most: number) =>
  z.union([z.string().max(most), sealedBox]).meta({ secret: 'asked', wireType: 'secret text' })

/** A secret of a request that is more than a text. */
export const secretOf = <T extends z.ZodType>(schema: T) => z.union([schema, sealedBox]).meta({ secret: 'asked' })

/** An answer that comes back sealed where the request names a key in `sealTo`. */
export const secretAnswer = <T extends z.ZodType>(schema: T) =>
  z.union([schema, sealedBox]).meta({ secret: 'answered' })

/** A one-time public key of who asks. */
export const sealTo = publicKey.optional()

/** A one-time public key of the keys process that will serve a channel. */
export const sealingKey = z.object({ to: publicKey })

const plainest = (schema: z.ZodType): z.ZodType =>
  schema instanceof z.ZodOptional ? plainest(schema.unwrap() as z.ZodType) : schema
const isMarked = (schema: z.ZodType, as: 'asked' | 'answered'): boolean => plainest(schema).meta()?.['secret'] === as

/** Names of the secret fields of a channel's input. */
export const secretFieldsOf = ({ input }: Channel): readonly string[] =>
  input instanceof z.ZodObject
    ? Object.entries(input.shape as Readonly<Record<string, z.ZodType>>)
        .filter(([, field]) => isMarked(field, 'asked'))
        .map(([name]) => name)
    : []

export const hasSecretAnswer = ({ output }: Channel): boolean => isMarked(output, 'answered')
