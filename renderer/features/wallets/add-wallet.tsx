import { useState } from 'react'
import { Segments } from '../../ui/segments.tsx'
import { CreateWallet } from './create-wallet.tsx'
import { ImportFolder } from './import-folder.tsx'
import { ImportPolkadot } from './import-polkadot.tsx'
import { ImportSecret } from './import-secret.tsx'
import { ImportWatch } from './import-watch.tsx'
import { ImportWords } from './import-words.tsx'

const FORMS = {
  create: CreateWallet,
  words: ImportWords,
  secret: ImportSecret,
  folder: ImportFolder,
  polkadot: ImportPolkadot,
  watch: ImportWatch,
}
type Way = keyof typeof FORMS
const WAYS: readonly { readonly value: Way; readonly text: string }[] = [
  { value: 'create', text: 'New wallet' },
  { value: 'words', text: 'From words' },
  { value: 'secret', text: 'From a seed or key' },
  { value: 'folder', text: 'From a btwallet folder' },
  { value: 'polkadot', text: 'From polkadot.js' },
  { value: 'watch', text: 'Watch only' },
]

export function AddWallet({ onAdded }: { readonly onAdded: (name: string) => void }) {
  const [way, setWay] = useState<Way>('create')
  const Form = FORMS[way]
  return (
    <section className="grid gap-4" aria-label="Add a wallet">
      <div className="[&_.seg]:flex-wrap [&_.seg]:gap-y-1">
        <Segments label="How to add a wallet" value={way} choices={WAYS} onPick={setWay} />
      </div>
      <Form onAdded={onAdded} />
    </section>
  )
}
