import type { NetworkStatus } from '../../../shared/contract/app.contract.ts'
import type { EndpointState } from '../../../shared/network/network.ts'
import { useChain } from '../../bridge/use-chain.ts'
import { useCommand } from '../../bridge/use-command.ts'
import { writeBlocks, writeDuration, writeMoment } from '../../format/time.ts'
import { Num } from '../../ui/amount.tsx'
import { Chip } from '../../ui/chip.tsx'
import { ErrorNote, Note } from '../../ui/note.tsx'
import { Select } from '../../ui/select.tsx'
import { SettingRow } from './setting-row.tsx'

const ALLOWANCES = [
  { value: 'usual', text: 'the usual' },
  { value: '1', text: 'one a second' },
  { value: '2', text: '2 a second' },
  { value: '5', text: '5 a second' },
  { value: '10', text: '10 a second' },
  { value: '0', text: 'no limit' },
]

const ALONE =
  'Nothing compares the answers of this endpoint. Choose it as “Own endpoint” with a second one of the same chain behind it, a space between: differences in blocks and prices are then shown.'

/** Which nodes the app asks, how much it may ask each of them, and how far finality is behind. */
export function EndpointsRow({ allowances }: { readonly allowances: Readonly<Record<string, number>> | undefined }) {
  const { status } = useChain()
  const allow = useCommand('network.allow')
  const endpoints = status?.endpoints ?? []
  if (endpoints.length === 0) return null
  return (
    <SettingRow
      title="Endpoints"
      text={
        <>
          Public endpoints take about one request a second from one address. Signing comes first, then what you look at,
          then what goes on in the background. <Finality status={status} />
        </>
      }
    >
      <div className="grid gap-4 grow">
        {endpoints.length === 1 && !status?.play && <Note>{ALONE}</Note>}
        {allow.error && <ErrorNote error={allow.error} />}
        {endpoints.map((one) => (
          <div key={one.endpoint} className="grid gap-1">
            <p className="mono break small">{one.endpoint}</p>
            <Standing endpoint={one.endpoint} trouble={status?.trouble} />
            <p className="soft small">{wordsOf(one)}</p>
            <Select
              label={`Requests to ${one.endpoint}`}
              hideLabel
              value={choiceOf(allowances?.[one.endpoint])}
              choices={withCurrent(allowances?.[one.endpoint])}
              onPick={(value) =>
                void allow.send({ endpoint: one.endpoint, ...(value === 'usual' ? {} : { perSecond: Number(value) }) })
              }
            />
          </div>
        ))}
      </div>
    </SettingRow>
  )
}

interface StandingProps {
  readonly endpoint: string
  readonly trouble: NetworkStatus['trouble']
}
/** At the two that contradict each other: at which block, and whom. */
function Standing({ endpoint, trouble }: StandingProps) {
  if (trouble?.code !== 'chain/sources-disagree') return null
  const { endpoint: one, other, block } = trouble
  if (endpoint !== one && endpoint !== other) return null
  return (
    <p className="small">
      <Chip kind="bad">disagrees</Chip> At height <Num value={block} /> its final block is another than that of{' '}
      <span className="mono break">{endpoint === one ? other : one}</span>. Nothing is signed until they agree.
    </p>
  )
}

const choiceOf = (perSecond: number | undefined): string => (perSecond === undefined ? 'usual' : String(perSecond))
const withCurrent = (perSecond: number | undefined) =>
  ALLOWANCES.some(({ value }) => value === choiceOf(perSecond))
    ? ALLOWANCES
    : [...ALLOWANCES, { value: choiceOf(perSecond), text: `${perSecond} a second` }]

function wordsOf({ current, avoided, budget, answerMs, head }: EndpointState): string {
  const waits = head?.stale ? 'Behind: others are asked first.' : 'Ready to step in.'
  const use = current ? 'In use.' : avoided ? 'Failed lately: others are asked first.' : waits
  const room = budget
    ? `${budget.left} of ${budget.burst} requests free, ${budget.perSecond} more each second.`
    : 'Asked without limit.'
  const speed = answerMs === undefined ? '' : ` Answered in ${Math.round(answerMs)} ms.`
  return `${use} ${room}${speed}${current ? '' : ageWords(head)}`
}

/** Of one that waits: what it shows is known from the last look only. */
function ageWords(head: EndpointState['head']): string {
  if (!head) return ' Its newest block was not looked at yet.'
  return ` At ${writeMoment(head.askedAtMs, Date.now())} its newest block was ${writeDuration(head.ageMs)} old.`
}

function Finality({ status }: { readonly status: NetworkStatus | undefined }) {
  const { best, finalized } = status ?? {}
  if (!best || !finalized) return 'No final block is known yet.'
  const behind = best.number - finalized.number
  return (
    <>
      Newest block <Num value={best.number} />, final up to <Num value={finalized.number} />: {writeBlocks(behind)}{' '}
      behind.
    </>
  )
}
