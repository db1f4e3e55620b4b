import { useState } from 'react'
import { Segments } from '../../ui/segments.tsx'
import { CreateWallet } from './create-wallet.tsx'
import { ImportFolder } from './import-folder.tsx'
import { ImportWords } from './import-words.tsx'

type Way = 'create' | 'words' | 'folder'
const WAYS: readonly { readonly value: Way; readonly text: string }[] = [
  { value: 'create', text: 'New wallet' },
  { value: 'words', text: 'From words' },
  { value: 'folder', text: 'From a btwallet folder' },
]

export function AddWallet({ onAdded }: { readonly onAdded: (name: string) => void }) {
  const [way, setWay] = useState<Way>('create')
  return (
    <section className="grid gap-4" aria-label="Add a wallet">
      <div>
        <Segments label="How to add a wallet" value={way} choices={WAYS} onPick={setWay} />
      </div>
      {way === 'create' && <CreateWallet onAdded={onAdded} />}
      {way === 'words' && <ImportWords onAdded={onAdded} />}
      {way === 'folder' && <ImportFolder onAdded={onAdded} />}
    </section>
  )
}
