import { useState } from 'react'
import { useSubscription } from '../../bridge/use-subscription.ts'
import { Button } from '../../ui/button.tsx'
import { Head } from '../../ui/head.tsx'
import { Failed, Loading } from '../../ui/states.tsx'
import { BackendDrawer } from './backend-drawer.tsx'
import { BackendsTable } from './backends-table.tsx'

const NEW = 'new'

/** Servers that compute for the miner: how a person outgrows one machine. */
export function BackendsView() {
  const backends = useSubscription('backends.watch')
  const [open, setOpen] = useState<string>()
  const list = backends.state === 'ready' ? backends.value : []
  const entry = list.find(({ id }) => id === open)
  return (
    <>
      <Head title="Servers">
        <Button onPress={() => setOpen(NEW)}>Add a server</Button>
      </Head>
      <div className="pad grid gap-2">
        <p className="soft">
          When one machine is not enough, the miner can have its requests computed by others: any server with an
          OpenAI-compatible interface, as vLLM, llama.cpp and Ray Serve are. Each request goes to the server with the
          shortest queue for its places. One that fails is left alone until it answers again.
        </p>
        <p className="soft small">
          Such a server reads what it is asked and can answer anything: use your own, or one that you trust. It never
          sees a key of your wallet.
        </p>
      </div>
      {backends.state === 'loading' && <Loading awaits="the servers" rows={3} />}
      {backends.state === 'failed' && <Failed error={backends.error} />}
      {backends.state === 'ready' &&
        (list.length === 0 ? (
          <p className="pad">No server yet. The model of this computer does all of the work.</p>
        ) : (
          <BackendsTable backends={list} stale={backends.stale} selected={open} onOpen={setOpen} />
        ))}
      {(open === NEW || entry) && (
        <BackendDrawer key={open} entry={entry} onSaved={(id) => setOpen(id)} onClose={() => setOpen(undefined)} />
      )}
    </>
  )
}
