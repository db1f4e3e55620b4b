import { useState } from 'react'
import { fleetAlertWords, fleetNetworkName } from '../../../shared/words/fleet-words.ts'
import { useCommand } from '../../bridge/use-command.ts'
import { useNow } from '../../bridge/use-now.ts'
import { cleanName } from '../../format/hostile-text.ts'
import { writeDuration } from '../../format/time.ts'
import { ShortAddress } from '../../ui/address.tsx'
import { Amount, Num, TAO, Unknown } from '../../ui/amount.tsx'
import { Button } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Drawer } from '../../ui/drawer.tsx'
import { Field } from '../../ui/field.tsx'
import { ErrorNote, Note } from '../../ui/note.tsx'
import { PlayContext } from '../../ui/play-context.ts'
import { AlphaAmount } from './alpha-amount.tsx'
import {
  type FleetReportView,
  heldText,
  type MachineRow,
  seenText,
  speedText,
  stateWords,
  wattsText,
} from './machine-words.ts'

export interface MachineDrawerProps {
  readonly row: MachineRow
  readonly onClose: () => void
}

/** One machine: how it is, what it earned, and what may be done about it from here. */
export function MachineDrawer({ row, onClose }: MachineDrawerProps) {
  const now = useNow(1_000)
  const { machine, report } = row
  const { chip, word } = stateWords(row)
  return (
    <Drawer title={<bdi className="clip">{cleanName(row.name)}</bdi>} onClose={onClose}>
      <p>
        <Chip kind={chip}>{word}</Chip>{' '}
        <span className="soft">
          Heard {seenText(row, now)}.
          {machine?.retryAtMs !== undefined &&
            machine.retryAtMs > now &&
            ` It is asked again in ${writeDuration(machine.retryAtMs - now + 999)}.`}
        </span>
      </p>
      {machine?.error && <ErrorNote error={machine.error} />}
      {report && <Standing report={report} />}
      {report && <Earnings report={report} />}
      {machine && <Orders id={machine.id} mayControl={machine.mayControl} report={report} />}
      {machine ? (
        <Pair machine={machine} onRemoved={onClose} />
      ) : (
        <p className="soft small">This is what computers that may look here are told. It is all that they are told.</p>
      )}
    </Drawer>
  )
}

function Standing({ report }: { readonly report: FleetReportView }) {
  const { miner, network, uptime, gpuC, processorC, power, alerts, version } = report
  const held = heldText(report)
  return (
    <div className="grid gap-3">
      {alerts
        .filter((alert) => alert !== 'miner-held')
        .map((alert) => (
          <Note key={alert} kind="warn" title={fleetAlertWords(alert)}>
            {alert === 'miner-failed' && miner.failedWith && <p className="mono small mute">{miner.failedWith}</p>}
          </Note>
        ))}
      {held && <Note kind="warn" title={held} />}
      <dl className="kv start">
        <dt>Network</dt>
        <dd>{network ? fleetNetworkName(networkKind(network.kind), network) : 'none'}</dd>
        <dt>Mines with</dt>
        <dd>{miner.hotkey ? <ShortAddress address={miner.hotkey} /> : 'nothing'}</dd>
        <dt>Model</dt>
        <dd>
          <bdi className="break">{cleanName(miner.modelName ?? 'none')}</bdi>
        </dd>
        <dt>Speed</dt>
        <dd>{miner.state === 'mining' ? speedText(miner.tokensPerSecond) : 'none'}</dd>
        <dt>Answered, late, refused</dt>
        <dd>
          <Num value={miner.answered} />, <Num value={miner.late} />, <Num value={miner.refused} />
        </dd>
        <dt>Runs for</dt>
        <dd>{miner.upMs === undefined ? 'not at all' : writeDuration(miner.upMs)}</dd>
        <dt>Up, of the last 30 days</dt>
        <dd>{uptime && uptime.ofMs > 0 ? `${((uptime.upMs / uptime.ofMs) * 100).toFixed(1)} %` : <Unknown />}</dd>
        <dt>Graphics card, processor</dt>
        <dd>
          {gpuC === undefined ? <Unknown /> : `${Math.round(gpuC)} °C`},{' '}
          {processorC === undefined ? <Unknown /> : `${Math.round(processorC)} °C`}
        </dd>
        <dt>Power</dt>
        <dd>{power ? wattsText(power) : <Unknown />}</dd>
        <dt>Version</dt>
        <dd>
          <bdi className="break">{cleanName(version)}</bdi>
        </dd>
      </dl>
    </div>
  )
}

const networkKind = (kind: NonNullable<FleetReportView['network']>['kind']) =>
  kind === 'local' || kind === 'custom' ? 'other' : kind

function Earnings({ report: { earnings, network } }: { readonly report: FleetReportView }) {
  if (!earnings) return null
  if (earnings.length === 0) return <p className="soft">Its hotkeys have earned nothing that was booked so far.</p>
  return (
    <PlayContext value={network?.kind === 'practice'}>
      <div className="grid gap-2">
        <div className="lbl">Earned by its hotkeys, as far as it has counted</div>
        <ul className="grid gap-2">
          {earnings.map(({ netuid, hotkey, alpha, tao, epochs, sinceBlock }) => (
            <li key={`${netuid}/${hotkey}`} className="grid">
              <span className="row wrap">
                <AlphaAmount netuid={netuid} value={alpha} />
                <Amount value={tao} unit={TAO} why="The price of at least one epoch was not read" />
              </span>
              <span className="soft small">
                <ShortAddress address={hotkey} />, {epochs} {epochs === 1 ? 'epoch' : 'epochs'} since block{' '}
                <Num value={sinceBlock} />
              </span>
            </li>
          ))}
        </ul>
      </div>
    </PlayContext>
  )
}

interface OrdersProps {
  readonly id: string
  readonly mayControl: boolean
  readonly report: FleetReportView | undefined
}

function Orders({ id, mayControl, report }: OrdersProps) {
  const order = useCommand('fleet.order')
  if (!mayControl)
    return (
      <p className="soft small">
        Its owner lets this computer look, and nothing more: its miner cannot be started or stopped from here.
      </p>
    )
  const silent = report ? undefined : 'It does not answer now.'
  const runs = report && report.miner.state !== 'off' && report.miner.state !== 'failed'
  const noStart = silent ?? (report?.canStart ? undefined : 'Nobody started a miner there by hand so far.')
  return (
    <div className="grid gap-2">
      <div className="rowline">
        {runs ? (
          <Button
            offBecause={silent}
            busyWith={order.busy ? 'Telling it' : undefined}
            onPress={() => void order.send({ id, order: 'stop' })}
          >
            Stop its miner
          </Button>
        ) : (
          <Button
            offBecause={noStart}
            busyWith={order.busy ? 'Telling it' : undefined}
            onPress={() => void order.send({ id, order: 'start' })}
          >
            Start the miner that ran there last
          </Button>
        )}
        {!runs && noStart && <span className="why">{noStart}</span>}
      </div>
      {order.error && <ErrorNote error={order.error} />}
    </div>
  )
}

function Pair({
  machine,
  onRemoved,
}: {
  readonly machine: NonNullable<MachineRow['machine']>
  readonly onRemoved: () => void
}) {
  const rename = useCommand('fleet.rename')
  const remove = useCommand('fleet.remove')
  const [asked, setAsked] = useState(false)
  const [typed, setTyped] = useState<string>()
  const name = (typed ?? machine.name).trim()
  const wrong = name === '' ? 'It needs a name.' : [...name].length > 60 ? 'At most 60 letters.' : undefined
  const go = async () => {
    if ((await remove.send({ id: machine.id })).ok) onRemoved()
  }
  const error = rename.error ?? remove.error
  return (
    <div className="grid gap-3">
      <Field label="Called, here" value={typed ?? machine.name} onType={setTyped} wrong={wrong} />
      <p className="soft small break">
        It is found at <span className="mono">{machine.address}</span>, port {machine.port}.
      </p>
      <div className="rowline">
        {typed !== undefined && name !== machine.name && (
          <Button offBecause={wrong} onPress={() => void rename.send({ id: machine.id, name })}>
            Save the name
          </Button>
        )}
        {asked ? (
          <>
            <Button kind="danger" onPress={() => void go()}>
              Remove it, and forget its key
            </Button>
            <Button kind="quiet" onPress={() => setAsked(false)}>
              Keep it
            </Button>
          </>
        ) : (
          <Button kind="quiet" onPress={() => setAsked(true)}>
            Remove this machine
          </Button>
        )}
      </div>
      {error && <ErrorNote error={error} />}
    </div>
  )
}
