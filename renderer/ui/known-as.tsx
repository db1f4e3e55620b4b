import { BookUser } from 'lucide-react'
import { useKnownAs } from './known-as-context.ts'

/** The name that the person gave to this address; nothing where there is none. */
export function KnownAs({ address }: { readonly address: string }) {
  const name = useKnownAs(address)
  if (name === undefined) return null
  return (
    <span className="knownas">
      <BookUser className="ic" />
      known as <bdi>{name}</bdi>
    </span>
  )
}
