import type { MiningStatus } from '../../../shared/contract/mining.contract.ts'
import type { MonitorView } from '../../../shared/contract/monitor.contract.ts'
import { valueIn } from '../../bridge/loadable.ts'
import { useNow } from '../../bridge/use-now.ts'
import { useSubscription } from '../../bridge/use-subscription.ts'
import { cleanName } from '../../format/hostile-text.ts'
import { writeBytes, writeDuration } from '../../format/time.ts'
import { Unknown } from '../../ui/amount.tsx'
import { Scale } from '../../ui/scale.tsx'

const WHY: Readonly<Record<string, string>> = {
  'no-tool': 'The program that would tell is not installed',
  'no-answer': 'It did not answer in time',
  'not-permitted': 'The system keeps it from this app',
  'not-offered': 'This computer does not tell',
  'not-understood': 'The answer has an unknown form',
  'no-device': 'There is no such device',
  'first-look': 'It takes two looks, and there was one',
  'too-old': 'The last reading is too old',
}
const NOT_READ = 'Nothing was read yet'

type Care = NonNullable<ReturnType<typeof useCare>>
const useCare = () => valueIn(useSubscription('care.watch'))

/** Heat, power and memory against their limits, and how long it answers. A reading that cannot be had is unknown. */
export function MachineGauges({
  status,
  view,
}: {
  readonly status: MiningStatus
  readonly view: MonitorView | undefined
}) {
  const care = useCare()
  const gpus = care?.readings?.gpus
  const cards = gpus?.state === 'known' ? gpus.value : []
  const why = gpus?.state === 'unknown' ? (WHY[gpus.why] ?? NOT_READ) : NOT_READ
  return (
    <div className="pad vrule grid content-start gap-4">
      {cards.length === 0 && <UnknownRow label="Graphics card, temperature" why={why} />}
      {cards.slice(0, 2).map((card) => (
        <Heat
          key={card.name}
          label={`${cleanName(card.name)}, temperature`}
          celsius={card.temperatureC}
          limits={care?.settings.heat?.gpu}
        />
      ))}
      <ProcessorHeat care={care} />
      {cards.slice(0, 2).map((card) => (
        <CardMemory key={card.name} name={card.name} used={card.memoryUsedBytes} total={card.memoryTotalBytes} />
      ))}
      <Power care={care} />
      <Uptime status={status} view={view} />
    </div>
  )
}

function UnknownRow({ label, why }: { readonly label: string; readonly why: string }) {
  return (
    <div className="row">
      <span className="lbl">{label}</span>
      <span className="end">
        <Unknown why={why} />
      </span>
    </div>
  )
}

interface HeatProps {
  readonly label: string
  readonly celsius: number | undefined
  readonly limits: { readonly stopAtC: number; readonly resumeBelowC: number } | undefined
}
const COLD = 20
const HOT = 110

function Heat({ label, celsius, limits }: HeatProps) {
  if (celsius === undefined) return <UnknownRow label={label} why="It does not tell" />
  const to = Math.max(HOT, celsius)
  return (
    <section aria-label={label}>
      <div className="row">
        <span className="lbl clip">{label}</span>
        <b className="end strong nu">{Math.round(celsius)} °C</b>
      </div>
      <Scale
        label={`${Math.round(celsius)} °C${limits ? `; the miner waits at ${limits.stopAtC} and goes on below ${limits.resumeBelowC}` : '; no limit is set'}.`}
        from={COLD}
        to={to}
        pointer={celsius}
        {...(limits
          ? {
              zones: [
                { from: limits.resumeBelowC, to: limits.stopAtC, kind: 'warn' as const },
                { from: limits.stopAtC, to, kind: 'bad' as const },
              ],
              limits: [{ at: limits.stopAtC, kind: 'bad' as const }],
            }
          : {})}
        labels={[
          { at: COLD, text: String(COLD) },
          ...(limits
            ? [
                { at: limits.resumeBelowC, text: `resume ${limits.resumeBelowC}` },
                { at: limits.stopAtC, text: `stop ${limits.stopAtC}` },
              ]
            : []),
          { at: to, text: String(Math.round(to)) },
        ]}
      />
    </section>
  )
}

function ProcessorHeat({ care }: { readonly care: Care | undefined }) {
  const reading = care?.readings?.processorC
  const label = 'Processor, temperature'
  if (reading?.state !== 'known') return <UnknownRow label={label} why={(reading && WHY[reading.why]) ?? NOT_READ} />
  return <Heat label={label} celsius={reading.value} limits={care?.settings.heat?.processor} />
}

interface CardMemoryProps {
  readonly name: string
  readonly used: number | undefined
  readonly total: number | undefined
}
function CardMemory({ name, used, total }: CardMemoryProps) {
  if (used === undefined || total === undefined || total <= 0) return null
  return (
    <section aria-label={`Memory of ${name}`}>
      <div className="row">
        <span className="lbl clip">{cleanName(name)}, memory</span>
        <b className="end strong nu">{writeBytes(used)}</b>
      </div>
      <Scale
        label={`${writeBytes(used)} of ${writeBytes(total)} are in use.`}
        from={0}
        to={total}
        fillTo={used}
        labels={[
          { at: 0, text: '0' },
          { at: total, text: writeBytes(total) },
        ]}
      />
    </section>
  )
}

function Power({ care }: { readonly care: Care | undefined }) {
  const power = care?.power
  const known = power?.parts.filter((part) => 'watts' in part).map((part) => part.name) ?? []
  if (power?.watts === undefined) {
    const [part] = power?.parts ?? []
    return <UnknownRow label="Power" why={part && 'why' in part ? (WHY[part.why] ?? NOT_READ) : NOT_READ} />
  }
  return (
    <section aria-label="Power">
      <div className="row">
        <span className="lbl">Power{power.partial ? ', of what tells' : ''}</span>
        <b className="end strong nu">{Math.round(power.watts)} W</b>
      </div>
      <p className="mute small clip">
        {known.map(cleanName).join(', ')}
        {power.partial && '; the rest of the computer is unknown'}
      </p>
    </section>
  )
}

const percent = (part: number, whole: number): string => `${(Math.trunc((part / whole) * 1_000) / 10).toFixed(1)} %`

function Uptime({ status, view }: { readonly status: MiningStatus; readonly view: MonitorView | undefined }) {
  const now = useNow()
  const uptime = view?.uptime
  return (
    <dl className="kv" aria-label="Uptime">
      <dt>This run</dt>
      <dd className="nu">
        {status.startedAtMs === undefined ? (
          <Unknown why="It does not answer yet" />
        ) : (
          writeDuration(now - status.startedAtMs)
        )}
      </dd>
      <dt>Up, last {uptime ? writeDuration(uptime.ofMs) : '30 d'}</dt>
      <dd className="nu">{uptime ? percent(uptime.upMs, uptime.ofMs) : <Unknown why="It did not answer yet" />}</dd>
    </dl>
  )
}
