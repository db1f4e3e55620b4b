import { useState } from 'react'
import { MOST_MEMBERS } from '../../../shared/accounts/multisig.ts'
import type { WalletView } from '../../../shared/contract/wallet.contract.ts'
import type { Ss58 } from '../../../shared/units/amounts.ts'
import { useCommand } from '../../bridge/use-command.ts'
import { useQuestion } from '../../bridge/use-question.ts'
import { Button } from '../../ui/button.tsx'
import { Drawer } from '../../ui/drawer.tsx'
import { Field } from '../../ui/field.tsx'
import { GroupedAddress } from '../../ui/grouped-address.tsx'
import { ErrorNote, Note } from '../../ui/note.tsx'
import { Select } from '../../ui/select.tsx'
import { AddMember, MemberList } from './member-list.tsx'

export interface AddDrawerProps {
  readonly wallet: WalletView
  readonly onClose: () => void
}

/** Name, members, number of approvals; the address is shown before anything is remembered. */
export function AddDrawer({ wallet, onClose }: AddDrawerProps) {
  const [name, setName] = useState('')
  const [members, setMembers] = useState<readonly Ss58[]>([wallet.address])
  const [threshold, setThreshold] = useState(2)
  const add = useCommand('multisig.add')
  const enough = members.length >= 2
  const preview = useQuestion('multisig.preview', enough ? { threshold, members } : undefined, { freshForMs: 60_000 })
  const off = !enough
    ? 'Add a second member first.'
    : name.trim() === ''
      ? 'Enter a name first.'
      : preview.state === 'ready'
        ? undefined
        : 'These members do not make an account yet.'
  const save = async () => {
    const added = await add.send({ name, threshold, members })
    if (added.ok) onClose()
  }
  const without = (member: Ss58) => {
    const left = members.filter((one) => one !== member)
    setMembers(left)
    setThreshold(Math.max(2, Math.min(threshold, left.length)))
  }
  return (
    <Drawer
      title="Add a shared account"
      onClose={onClose}
      footer={
        <>
          <Button kind="main" large full offBecause={off} onPress={() => void save()}>
            Remember this account
          </Button>
          <span className="why">{off ?? 'Nothing is signed, and nothing is paid'}</span>
        </>
      }
    >
      <Field label="Name" hint="Yours alone: the chain never sees it." value={name} onType={setName} />
      <MemberList members={members} onRemove={without} />
      <AddMember
        members={members}
        full={members.length >= MOST_MEMBERS}
        onAdd={(member) => setMembers([...members, member])}
      />
      {enough && (
        <Select
          label="Approvals needed"
          value={String(threshold)}
          onPick={(text) => setThreshold(Number(text))}
          hint="The one who proposes counts as one. With all of them, one lost key locks the account for good."
          choices={members.map((_, index) => ({ value: String(index + 1), text: `${index + 1} of ${members.length}` }))}
        />
      )}
      {preview.state === 'failed' && <ErrorNote error={preview.error} />}
      {preview.state === 'ready' && (
        <section aria-label="Its address" aria-live="polite" className="grid gap-2">
          <h3>Its address</h3>
          <GroupedAddress address={preview.value.address} twoLines />
          <p className="soft small">
            The same members and the same number make it in every wallet, in whatever order they are entered.
          </p>
        </section>
      )}
      {add.error && <ErrorNote error={add.error} />}
      <Note title="Keep the list of members.">
        <p>
          The chain knows the address only. Whoever loses the list of members and the number of approvals cannot act for
          the account until all members are found again.
        </p>
      </Note>
    </Drawer>
  )
}
