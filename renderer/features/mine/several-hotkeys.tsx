import { useState } from 'react'
import type { WalletView } from '../../../shared/contract/wallet.contract.ts'
import { MOST_PLACES } from '../../../shared/registration/plan-many.ts'
import { useCommand } from '../../bridge/use-command.ts'
import { cleanName } from '../../format/hostile-text.ts'
import { ShortAddress } from '../../ui/address.tsx'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { ErrorNote } from '../../ui/note.tsx'
import { useSeveralDraft } from './several.store.ts'

export interface SeveralHotkeysProps {
  readonly wallet: WalletView | undefined
  /** Those that have a place on the chosen subnet, as far as it is known. */
  readonly uids: ReadonlyMap<string, number>
}

/** Which hotkeys get a place, in the order in which they were ticked. */
export function SeveralHotkeys({ wallet, uids }: SeveralHotkeysProps) {
  const { hotkeys, userPicked } = useSeveralDraft()
  const full = hotkeys.length >= MOST_PLACES
  return (
    <section className="grid gap-2" aria-label="Hotkeys">
      <h2>Hotkeys</h2>
      <p className="soft small">
        A place belongs to one hotkey. They are registered in the order in which you tick them; each makes the next one
        dearer.
      </p>
      {wallet?.hotkeys.map(({ name, address }) => {
        const at = hotkeys.indexOf(address)
        const uid = uids.get(address)
        return (
          <label className="pick" key={address}>
            <input
              type="checkbox"
              checked={at >= 0}
              disabled={uid !== undefined || (full && at < 0)}
              onChange={(event) => userPicked(address, event.target.checked)}
            />
            <span className="row wrap min-w-0">
              <bdi className="break">{cleanName(name)}</bdi> <ShortAddress address={address} />
              <span className="end soft small">
                {uid === undefined ? at >= 0 && `number ${at + 1}` : `has uid ${uid} here`}
              </span>
            </span>
          </label>
        )
      })}
      {full && <p className="soft small">At most {MOST_PLACES} at a time.</p>}
      {wallet && <NewHotkeys key={wallet.name} wallet={wallet} />}
    </section>
  )
}

const readCount = (text: string): number | undefined => {
  const count = /^\d{1,2}$/.test(text.trim()) ? Number(text) : 0
  return count >= 1 && count <= MOST_PLACES ? count : undefined
}

/** The next names that no hotkey has: `miner-1`, `miner-2`. */
function freeNames(stem: string, count: number, taken: ReadonlySet<string>): readonly string[] {
  const names: string[] = []
  for (let number = 1; names.length < count; number++)
    if (!taken.has(`${stem}-${number}`)) names.push(`${stem}-${number}`)
  return names
}

/** Those that were made stay, and are ticked, also where one of them could not be made. */
function NewHotkeys({ wallet }: { readonly wallet: WalletView }) {
  const { userPicked } = useSeveralDraft()
  const create = useCommand('wallet.createHotkey')
  const [open, setOpen] = useState(wallet.hotkeys.length === 0)
  const [stem, setStem] = useState('miner')
  const [text, setText] = useState('2')
  const [making, setMaking] = useState(false)
  const count = readCount(text)
  const make = async (wanted: number) => {
    setMaking(true)
    const taken = new Set(wallet.hotkeys.map(({ name }) => name))
    let failed = false
    for (const name of freeNames(stem.trim(), wanted, taken)) {
      const made = await create.send({ wallet: wallet.name, name })
      failed = !made.ok
      if (!made.ok) break
      userPicked(made.value.address, true)
    }
    setMaking(false)
    if (!failed) setOpen(false)
  }
  if (!open)
    return (
      <div>
        <Button onPress={() => setOpen(true)}>Create hotkeys</Button>
      </div>
    )
  return (
    <form
      className="grid gap-2 form"
      onSubmit={(event) => {
        event.preventDefault()
        if (count !== undefined && stem.trim() !== '' && !making) void make(count)
      }}
    >
      <Field
        label="Name of the new hotkeys"
        value={stem}
        onType={setStem}
        hint="A number is put behind it. Their files are not encrypted: the miner must sign while you are away."
        wrong={stem.trim() === '' ? 'They need a name.' : undefined}
      />
      <Field
        label="How many"
        inputMode="numeric"
        value={text}
        onType={setText}
        wrong={count === undefined ? `A whole number from 1 to ${MOST_PLACES}.` : undefined}
      />
      {create.error && <ErrorNote error={create.error} />}
      <div className="rowline">
        <Button
          type="submit"
          busyWith={making ? 'Creating' : undefined}
          offBecause={count === undefined || stem.trim() === '' ? 'Fill in both first.' : undefined}
        >
          Create and tick them
        </Button>
        <Button kind="quiet" onPress={() => setOpen(false)}>
          Cancel
        </Button>
      </div>
    </form>
  )
}
