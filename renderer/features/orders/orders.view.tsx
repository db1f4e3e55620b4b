import { useState } from 'react'
import { valueIn } from '../../bridge/loadable.ts'
import { useActing } from '../../bridge/use-acting.ts'
import { useChain } from '../../bridge/use-chain.ts'
import { useQuestion } from '../../bridge/use-question.ts'
import { useSubscription } from '../../bridge/use-subscription.ts'
import { explainError } from '../../format/explain-error.ts'
import { Button } from '../../ui/button.tsx'
import { Head } from '../../ui/head.tsx'
import { ErrorNote, Note } from '../../ui/note.tsx'
import { Age, Empty, Failed, Loading } from '../../ui/states.tsx'
import { NewOrderDrawer } from './new-order-drawer.tsx'
import { OrderDrawer } from './order-drawer.tsx'
import { OrdersTable } from './orders-table.tsx'

/** A practice chain may make blocks faster than anybody reads, ms. */
const LEAST_MS = 4_000

/** What waits for whoever carries it to the chain. */
export function OrdersView({ netuid }: { readonly netuid?: number | undefined }) {
  const chain = useChain()
  const wallet = valueIn(useSubscription('wallet.state'))?.active
  const everyMs = Math.max(LEAST_MS, chain.blockMs)
  const offer = useQuestion('orders.offer', {}, { freshForMs: chain.blockMs, everyMs: everyMs * 10 })
  const orders = useQuestion('orders.list', {}, { freshForMs: chain.blockMs, everyMs })
  const [making, setMaking] = useState(netuid !== undefined)
  const [opened, setOpened] = useState<string>()
  const obstacle = offer.state === 'ready' ? offer.value.obstacle : undefined
  const off = obstacle
    ? explainError(obstacle).what
    : offer.state === 'ready'
      ? undefined
      : 'The chain was not asked yet.'
  const open = orders.state === 'ready' ? orders.value.find(({ orderId }) => orderId === opened) : undefined
  return (
    <>
      <Head title="Limit orders" age={<Age block={chain.block} ageMs={chain.ageMs} stale={chain.stale} />}>
        <Button
          kind="main"
          offBecause={off}
          onPress={() => {
            setOpened(undefined)
            setMaking(true)
          }}
        >
          New order
        </Button>
      </Head>
      <div className="pad grid gap-3">
        <HowItWorks />
        {offer.state === 'failed' && <ErrorNote error={offer.error} />}
        {obstacle && <ErrorNote error={obstacle} />}
        <OnlyForItself />
      </div>
      {orders.state === 'loading' && <Loading awaits="the orders and how far they are" rows={4} />}
      {orders.state === 'failed' && <Failed error={orders.error} again={orders.again} />}
      {orders.state === 'ready' && orders.value.length === 0 && (
        <Empty title="No order yet">
          <p className="soft">Orders that you sign on this computer for this network are listed here.</p>
        </Empty>
      )}
      {orders.state === 'ready' && orders.value.length > 0 && (
        <OrdersTable
          orders={orders.value}
          stale={chain.stale}
          selected={opened}
          onOpen={(orderId) => {
            setMaking(false)
            setOpened(orderId)
          }}
        />
      )}
      {making && wallet && obstacle === undefined && (
        <NewOrderDrawer wallet={wallet} netuid={netuid} onSigned={orders.again} onClose={() => setMaking(false)} />
      )}
      {open && wallet && (
        <OrderDrawer
          key={open.orderId}
          known={open}
          wallet={wallet}
          onChanged={orders.again}
          onClose={() => setOpened(undefined)}
        />
      )}
    </>
  )
}

function HowItWorks() {
  return (
    <Note title="An order is a signature that waits away from the chain.">
      <p>
        You sign what may be traded, at which price and until when. That costs nothing, and the chain does not know of
        it. When the price is there, somebody has to carry the order to the chain: a relayer. This app runs none and
        gives the order to nobody; you hand it to a relayer that you choose. Without one, nothing happens. Nothing is
        set aside either: if the TAO or the stake is gone by then, the order fails.
      </p>
    </Note>
  )
}

/** Orders are bound to the key that signs them. */
function OnlyForItself() {
  const { account } = useActing()
  if (!account) return null
  return (
    <Note kind="warn" title="Orders are for this wallet itself.">
      <p>The chain takes an order only from the key of the account that trades, so none can be made for another one.</p>
    </Note>
  )
}
