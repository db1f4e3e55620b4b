import { useState } from 'react'
import type { ProxyView } from '../../../shared/accounts/views.ts'
import type { ProxyType } from '../../../shared/signing/intent.ts'
import { useAppActions } from '../../bridge/app-actions.ts'
import { useClient } from '../../bridge/bridge-context.ts'
import { valueIn } from '../../bridge/loadable.ts'
import { useCommand } from '../../bridge/use-command.ts'
import { useSubscription } from '../../bridge/use-subscription.ts'
import { Button } from '../../ui/button.tsx'
import { GroupedAddress } from '../../ui/grouped-address.tsx'
import { ErrorNote } from '../../ui/note.tsx'
import { AddressEntry, useCheckedAddress } from './address-entry.tsx'
import { KindAndDelay } from './grant-form.tsx'
import { GrantRule } from './grant-rule.tsx'
import { readBlocks } from './proxy-words.ts'
import { usePlanning } from './use-planning.ts'

const KINDS: readonly ProxyType[] = ['Staking', 'Registration']
export interface PartProps {
  readonly view: ProxyView
  /** Reads the chain again. */
  readonly again: () => void
}

/** The guided way to keep a coldkey cold: this wallet acts for it every day, and can do only what the chain lets it. */
export function DailyAccount({ view, again }: PartProps) {
  const [open, setOpen] = useState(false)
  return (
    <section aria-labelledby="daily">
      <h2 id="daily">Daily account: keep the coldkey cold</h2>
      <p className="soft">
        The coldkey with the funds stays on another device, or is only watched here. The wallet of this app gets a
        permission that cannot send its TAO away. It pays the fees, so it needs a little TAO of its own. If this
        computer is lost, the coldkey takes the permission back.
      </p>
      {open ? (
        <Guide view={view} again={again} />
      ) : (
        <div>
          <Button onPress={() => setOpen(true)}>Set up a daily account</Button>
        </div>
      )}
    </section>
  )
}

function Guide({ view, again }: PartProps) {
  const wallet = valueIn(useSubscription('wallet.state'))?.active
  const [text, setText] = useState('')
  const [kind, setKind] = useState<ProxyType>('Staking')
  const [blocks, setBlocks] = useState('0')
  const checked = useCheckedAddress(text)
  const cold = checked.lacks ? undefined : checked.report?.address
  if (!wallet) return null
  return (
    <ol className="grid gap-4">
      <li className="grid gap-2">
        <h3>1. The cold account</h3>
        <AddressEntry
          label="Coldkey that stays cold"
          hint="A watched wallet of this app, or the address of a coldkey on another device."
          text={text}
          onType={setText}
          checked={checked}
          except={wallet.address}
        />
      </li>
      <li className="grid gap-2">
        <h3>2. What {wallet.name} may do for it</h3>
        <KindAndDelay kind={kind} onKind={setKind} blocks={blocks} onBlocks={setBlocks} kinds={KINDS} />
        <GrantRule proxyType={kind} rules={view.rules} />
      </li>
      <li className="grid gap-2">
        <h3>3. The coldkey grants it</h3>
        <Grant daily={wallet.address} cold={cold} kind={kind} blocks={blocks} lacks={checked.lacks} />
      </li>
      <li className="grid gap-2">
        <h3>4. {wallet.name} takes it up</h3>
        <TakeUp cold={cold} lacks={checked.lacks} again={again} />
      </li>
      <li className="grid gap-2">
        <h3>To end it</h3>
        <p className="soft">
          The coldkey takes the proxy back: here under “Who may act for this account”, when its wallet is shown, or with
          any other tool. From that block on {wallet.name} can do nothing for it. The deposit returns to the coldkey.
        </p>
      </li>
    </ol>
  )
}

interface GrantProps {
  readonly daily: ProxyView['facts']['account']
  readonly cold: string | undefined
  readonly kind: ProxyType
  readonly blocks: string
  readonly lacks: string | undefined
}

/** Signed by the cold side: in this app when its wallet is here, with the official tool elsewhere. */
function Grant({ daily, cold, kind, blocks, lacks }: GrantProps) {
  const client = useClient()
  const wallets = valueIn(useSubscription('wallet.state'))?.wallets ?? []
  const { plan, busyWith, error, off } = usePlanning()
  const delay = readBlocks(blocks)
  const here = wallets.find(({ address }) => address === cold)
  const press = async () => {
    if (!here || delay === undefined) return
    const selected = await client.call('wallet.select', { name: here.name })
    if (selected.ok) await plan({ kind: 'add-proxy', delegate: daily, proxyType: kind, delay })
  }
  if (cold === undefined || delay === undefined)
    return <p className="soft">{lacks ?? 'The delay is a whole number of blocks.'}</p>
  return (
    <>
      {here && (
        <div className="row wrap">
          <Button offBecause={off} busyWith={busyWith} onPress={() => void press()}>
            Show {here.name} and review the grant
          </Button>
          {here.watchOnly && <span className="why">Its key is not here: the call is signed where the key is.</span>}
        </div>
      )}
      <p className="soft">{here ? 'Or on the device that holds it:' : 'On the device that holds it, grant:'}</p>
      <GroupedAddress address={daily} />
      <p className="soft">
        Kind <b className="strong">{kind}</b>, delay <b className="strong">{delay}</b> blocks. With the official tool:
      </p>
      <code className="mono small break">
        btcli proxy add --delegate {daily} --proxy-type {kind} --delay {delay}
      </code>
      {error && <ErrorNote error={error} />}
    </>
  )
}

interface TakeUpProps {
  readonly cold: ProxyView['facts']['account'] | undefined
  readonly lacks: string | undefined
  readonly again: () => void
}

/** Asks the chain whether the grant is there, and remembers the account. */
export function TakeUp({ cold, lacks, again }: TakeUpProps) {
  const actFor = useCommand('proxy.actFor')
  const { tell } = useAppActions()
  const press = async () => {
    if (!cold) return
    const done = await actFor.send({ account: cold })
    if (!done.ok) return
    tell({ kind: 'done', title: 'The permission is there. This wallet acts for the account now.' })
    again()
  }
  return (
    <>
      <div className="row wrap">
        <Button offBecause={lacks} busyWith={actFor.busy ? 'Asking the chain' : undefined} onPress={() => void press()}>
          Look for the permission on the chain
        </Button>
        {lacks && <span className="why">{lacks}</span>}
      </div>
      {actFor.error && <ErrorNote error={actFor.error} />}
    </>
  )
}
