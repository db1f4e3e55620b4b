import { FlaskConical, Link } from 'lucide-react'
import { useChain } from '../../bridge/use-chain.ts'
import { useDoor } from '../../bridge/use-door.ts'
import { writeDuration } from '../../format/time.ts'
import { Num } from '../../ui/amount.tsx'
import { useMinerWord } from './side-bar.tsx'

const STATE_WORDS = {
  idle: 'no network chosen',
  starting: 'starting the chain',
  connecting: 'connecting',
  ready: '',
  failed: 'not connected',
} as const

export function StatusStrip() {
  const { status, play, ageMs, stale, blockMs } = useChain()
  const door = useDoor()
  const miner = useMinerWord()
  if (!status) return <footer className="strip" />
  const trouble =
    door !== 'open'
      ? 'app does not answer, trying again'
      : status.reconnecting
        ? 'connecting again'
        : STATE_WORDS[status.state]
  return (
    <footer className="strip">
      <span className="row">
        {play ? <FlaskConical className="ic s" /> : <Link className="ic s" />}
        <b className={play ? 'playc' : undefined}>{status.label}</b>
        <span className="hide-m clip">{play ? 'this computer' : status.endpoint}</span>
      </span>
      {trouble && <span className="row warn">{trouble}</span>}
      {status.best && (
        <span className={stale ? 'row warn' : 'row'}>
          Block{' '}
          <b>
            <Num value={status.best.number} />
          </b>
          {ageMs !== undefined && `${writeDuration(ageMs)} ago`}
        </span>
      )}
      {status.finalized && (
        <span className="row hide-m">
          Finalised{' '}
          <b>
            <Num value={status.finalized.number} />
          </b>
        </span>
      )}
      {status.facts?.blockMs !== undefined && (
        <span className="row hide-m">{Math.round(blockMs / 100) / 10} s blocks</span>
      )}
      {status.answerMs !== undefined && <span className="row hide-m">Answer {Math.round(status.answerMs)} ms</span>}
      <span className="row end">
        Miner <b>{miner}</b>
      </span>
    </footer>
  )
}
