import { useState } from 'react'
import { useSubscription } from '../../bridge/use-subscription.ts'
import { Button } from '../../ui/button.tsx'
import { Head } from '../../ui/head.tsx'
import { Failed, Loading } from '../../ui/states.tsx'
import { AddDrawer } from './add-drawer.tsx'
import { DoorPanel } from './door-panel.tsx'
import { FleetTable } from './fleet-table.tsx'
import { FleetTotals } from './fleet-totals.tsx'
import { InviteDrawer } from './invite-drawer.tsx'
import { MachineDrawer } from './machine-drawer.tsx'
import { rowsOf } from './machine-words.ts'

type Open = { readonly kind: 'add' | 'invite' } | { readonly kind: 'machine'; readonly id: string }

/** Machines of one owner, all together. */
export function FleetView() {
  const fleet = useSubscription('fleet.watch')
  const [open, setOpen] = useState<Open>()
  const view = fleet.state === 'ready' ? fleet.value : undefined
  const rows = view ? rowsOf(view) : []
  const row = open?.kind === 'machine' ? rows.find(({ id }) => id === open.id) : undefined
  const leave = () => setOpen(undefined)
  return (
    <>
      <Head title="Machines">
        <Button onPress={() => setOpen({ kind: 'invite' })}>Let another computer look</Button>
        <Button onPress={() => setOpen({ kind: 'add' })}>Add a machine</Button>
      </Head>
      {fleet.state === 'loading' && <Loading awaits="the machines" rows={3} />}
      {fleet.state === 'failed' && <Failed error={fleet.error} />}
      {view && (
        <>
          {view.machines.length === 0 ? (
            <div className="pad grid gap-2">
              <p className="soft">
                Miners on other computers, in one view: how each is, what it earned, and all of them together. Each
                shows a code once, and is asked over a connection of its own from then on. None of them learns a key of
                another, and none can spend.
              </p>
              <p>No other machine yet.</p>
            </div>
          ) : (
            <FleetTotals totals={view.totals} />
          )}
          <FleetTable
            rows={rows}
            stale={fleet.state === 'ready' && fleet.stale}
            selected={row?.id}
            onOpen={(id) => setOpen({ kind: 'machine', id })}
          />
          <DoorPanel view={view} />
        </>
      )}
      {open?.kind === 'add' && <AddDrawer onAdded={(id) => setOpen({ kind: 'machine', id })} onClose={leave} />}
      {open?.kind === 'invite' && view && <InviteDrawer view={view} onClose={leave} />}
      {row && <MachineDrawer key={row.id} row={row} onClose={leave} />}
    </>
  )
}
