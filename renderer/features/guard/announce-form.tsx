import { useState } from 'react'
import { valueIn } from '../../bridge/loadable.ts'
import { useChain } from '../../bridge/use-chain.ts'
import { useSubscription } from '../../bridge/use-subscription.ts'
import { writeDuration } from '../../format/time.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorNote } from '../../ui/note.tsx'
import { AddressEntry, useCheckedAddress } from './address-entry.tsx'
import { usePlanning } from './use-planning.ts'

/** First step: which coldkey. The chain keeps only its hash, so a wrong address is noticed by nobody else. */
export function AnnounceForm({ delayBlocks }: { readonly delayBlocks: number | undefined }) {
  const { blockMs } = useChain()
  const wallet = valueIn(useSubscription('wallet.state'))?.active
  const [text, setText] = useState('')
  const [sure, setSure] = useState(false)
  const checked = useCheckedAddress(text)
  const { plan, busyWith, error, off } = usePlanning()
  const to = checked.lacks ? undefined : checked.report?.address
  const ownHotkey = checked.report?.findings.some(({ kind }) => kind === 'own-hotkey')
  const lacks =
    off ??
    checked.lacks ??
    (ownHotkey ? 'A hotkey cannot be the new coldkey.' : undefined) ??
    (sure ? undefined : 'Say that you hold its words.')
  const wait =
    delayBlocks === undefined ? 'a while' : `${delayBlocks} blocks, about ${writeDuration(delayBlocks * blockMs)}`
  return (
    <>
      <AddressEntry
        label="New coldkey"
        hint="Another wallet of this app, or the address of one that you hold elsewhere."
        text={text}
        onType={(typed) => {
          setText(typed)
          setSure(false)
        }}
        checked={checked}
        except={wallet?.address}
      />
      <label className="pick">
        <input type="checkbox" checked={sure} onChange={(event) => setSure(event.target.checked)} />
        <span>I hold the words of this coldkey, and have tried them.</span>
      </label>
      <p className="soft">
        From the announcement on, the chain waits {wait}. Until it is carried out or cleared, it refuses every other
        call of this coldkey: no staking, no sending, no registering.
      </p>
      <div className="row wrap">
        <Button
          kind="main"
          large
          offBecause={lacks}
          busyWith={busyWith}
          onPress={() => to && void plan({ kind: 'announce-coldkey-swap', newColdkey: to })}
        >
          Review the announcement
        </Button>
        <span className="why">{lacks ?? 'The charge, the fee and the bytes are shown before you sign.'}</span>
      </div>
      {error && <ErrorNote error={error} />}
    </>
  )
}
