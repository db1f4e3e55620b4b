import { useState } from 'react'
import { useCommand } from '../../bridge/use-command.ts'
import { shortAddress } from '../../format/address.ts'
import { errorInField } from '../../format/explain-error.ts'
import { FullAddress } from '../../ui/address.tsx'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { Select } from '../../ui/select.tsx'
import type { Chosen } from './before.view.tsx'
import { useMineDraft } from './mine-draft.store.ts'

/** The identity of the miner. It signs requests and announcements, and holds no money. */
export function HotkeyChoice({ chosen }: { readonly chosen: Chosen }) {
  const { userPicked } = useMineDraft()
  const create = useCommand('wallet.createHotkey')
  const { hotkeys, hotkey, wallet, option } = chosen
  const [name, setName] = useState('')
  const [open, setOpen] = useState(false)
  const showForm = open || hotkeys.length === 0
  const make = async () => {
    if (!wallet) return
    const result = await create.send({ wallet: wallet.name, name: name.trim() || 'default' })
    if (!result.ok) return
    userPicked({ hotkey: result.value.address })
    setName('')
    setOpen(false)
  }
  const uidOf = (address: string) => option?.mine.find((mine) => mine.hotkey === address)?.uid
  return (
    <section className="grid gap-2" aria-label="Hotkey">
      <h2>Hotkey</h2>
      {hotkeys.length > 0 && hotkey && (
        <>
          <Select
            label="Hotkey of this wallet"
            hideLabel
            value={hotkey.address}
            onPick={(address) => userPicked({ hotkey: address })}
            choices={hotkeys.map((one) => {
              const uid = uidOf(one.address)
              return {
                value: one.address,
                text: `${one.name}, ${shortAddress(one.address)}${uid === undefined ? '' : `, uid ${uid} here`}`,
              }
            })}
          />
          <FullAddress address={hotkey.address} twoLines />
        </>
      )}
      {showForm ? (
        <form
          className="grid gap-2 form"
          onSubmit={(event) => {
            event.preventDefault()
            void make()
          }}
        >
          <Field
            label="Name of the new hotkey"
            value={name}
            onType={setName}
            placeholder="default"
            hint="Its file is not encrypted, as everywhere on this network: the miner must sign while you are away."
            {...errorInField(create.error)}
          />
          <div className="rowline">
            <Button type="submit" busyWith={create.busy ? 'Creating' : undefined}>
              Create the hotkey
            </Button>
            {hotkeys.length > 0 && (
              <Button kind="quiet" onPress={() => setOpen(false)}>
                Cancel
              </Button>
            )}
          </div>
        </form>
      ) : (
        <div>
          <Button onPress={() => setOpen(true)}>Create another hotkey</Button>
        </div>
      )}
    </section>
  )
}
