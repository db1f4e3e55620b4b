import { useState } from 'react'
import type { MiningStatus } from '../../../shared/contract/mining.contract.ts'
import { parseIp, scopeOf } from '../../../shared/mining/ip-address.ts'
import { valueIn } from '../../bridge/loadable.ts'
import { useChain } from '../../bridge/use-chain.ts'
import { useCommand } from '../../bridge/use-command.ts'
import { useSubscription } from '../../bridge/use-subscription.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { ErrorNote } from '../../ui/note.tsx'

/** `203.0.113.7:8091`, `[2001:db8::1]:8091` */
function partsOf(endpoint: string): { readonly ip: string; readonly port: string } {
  const at = endpoint.lastIndexOf(':')
  return { ip: endpoint.slice(0, at).replace(/^\[|\]$/g, ''), port: endpoint.slice(at + 1) }
}

/**
 * @param local a chain of one's own network, where private addresses are called too
 * @param listensFor families of the server that runs; unknown: it is not refused here
 */
function wrongAddress(text: string, local: boolean, listensFor: MiningStatus['listensFor']): string | undefined {
  const ip = parseIp(text)
  if (!ip) return 'That is no IP address.'
  if (scopeOf(ip) !== 'public' && !local) return 'Nobody outside can call this address.'
  return ip.version === 6 && listensFor === 'ipv4'
    ? 'This computer had no IPv6 when the miner began, so its server listens for IPv4 alone.'
    : undefined
}
const isPort = (text: string): boolean => /^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 65_535

/** Another address or port for a miner that runs: announced while requests are answered. */
export function ReachMove({ status }: { readonly status: MiningStatus }) {
  const [open, setOpen] = useState(false)
  const chain = useChain()
  // On the practice network everything is on this computer: there is no other address to name.
  if (status.endpoint === undefined || chain.play) return null
  const now = partsOf(status.endpoint)
  const announcing = status.steps.find(({ step }) => step === 'announce')
  const waits = announcing?.state === 'running' ? announcing.value : undefined
  return (
    <section className="pad grid gap-3" aria-label="Address of the miner">
      <h2>Where validators call you</h2>
      <p className="row wrap">
        <span className="mono break">{status.endpoint}</span>
        <span className="soft small">
          {waits !== undefined
            ? `The chain takes the announcement ${waits}; it is sent by itself then.`
            : status.axonBlock !== undefined && `Announced in block ${status.axonBlock}.`}
        </span>
      </p>
      {open ? (
        <MoveForm now={now} listensFor={status.listensFor} onClose={() => setOpen(false)} />
      ) : (
        <div>
          <Button onPress={() => setOpen(true)}>Announce another address or port</Button>
        </div>
      )}
    </section>
  )
}

interface MoveFormProps {
  readonly now: { readonly ip: string; readonly port: string }
  readonly listensFor: MiningStatus['listensFor']
  readonly onClose: () => void
}
function MoveForm({ now, listensFor, onClose }: MoveFormProps) {
  const move = useCommand('mining.move')
  const chain = useChain()
  const best = valueIn(useSubscription('reach.watch'))?.report?.verdict.best
  const [address, setAddress] = useState(now.ip)
  const [port, setPort] = useState(now.port)
  const text = address.trim()
  const wrong = wrongAddress(text, chain.status?.choice?.kind === 'local', listensFor)
  const wrongPort = isPort(port.trim()) ? undefined : 'A whole number from 1 to 65535.'
  const same = text === now.ip && port.trim() === now.port
  const off = same ? 'This is announced already.' : (wrong ?? wrongPort)
  const seen = best?.address !== undefined && best.says !== 'not-reachable' ? best : undefined
  const go = async () => {
    const done = await move.send({ publicIp: text, publicPort: Number(port.trim()) })
    if (done.ok) onClose()
  }
  return (
    <div className="grid gap-3 form">
      <p className="soft small">
        Requests are answered all the time, at the old address too. The hotkey signs the announcement; it costs nothing.
      </p>
      <Field label="Address on the internet" mono value={address} onType={setAddress} wrong={wrong} />
      <Field
        label="Port that validators call"
        inputMode="numeric"
        value={port}
        onType={setPort}
        hint="Another one than the server’s own where a router passes it on."
        wrong={wrongPort}
      />
      {seen?.address !== undefined && (seen.address !== text || String(seen.port ?? port) !== port) && (
        <div>
          <Button
            kind="quiet"
            onPress={() => {
              setAddress(seen.address ?? '')
              if (seen.port !== undefined) setPort(String(seen.port))
            }}
          >
            Use what the last check found: {seen.address}
            {seen.port !== undefined && `, port ${seen.port}`}
          </Button>
        </div>
      )}
      {move.error && <ErrorNote error={move.error} />}
      <div className="rowline">
        <Button busyWith={move.busy ? 'Announcing' : undefined} offBecause={off} onPress={() => void go()}>
          Announce it
        </Button>
        <Button kind="quiet" onPress={onClose}>
          Cancel
        </Button>
      </div>
      {same && <span className="why">{off}</span>}
    </div>
  )
}
