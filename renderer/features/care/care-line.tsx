import type { CareState } from '../../../shared/care/care-state.ts'
import { valueIn } from '../../bridge/loadable.ts'
import { useSubscription } from '../../bridge/use-subscription.ts'
import { hrefOf } from '../../format/route.ts'
import { Unknown } from '../../ui/amount.tsx'
import { Chip } from '../../ui/chip.tsx'
import { CareNotes } from './care-notes.tsx'

/** Heat and power at a glance, under the miner, with the way to its rules. */
export function CareLine() {
  const state = valueIn(useSubscription('care.watch'))
  const miner = valueIn(useSubscription('mining.status'))
  if (!state) return null
  const runs = miner?.state === 'mining' || miner?.state === 'starting'
  const gaveUp = state.restarts.gaveUpAtMs !== undefined
  const held = runs && state.reasons.length > 0
  return (
    <section className="pad rule-before grid gap-2" aria-label="Care of this computer">
      {(gaveUp || held || state.restarts.deaths.length > 0 || state.rule.state === 'refused') && (
        <CareNotes state={{ ...state, blind: [], reasons: held ? state.reasons : [] }} runs={runs} />
      )}
      <div className="row wrap">
        <h2>Care of this computer</h2>
        <span className="soft">
          Hottest <b className="strong">{hottest(state)}</b>
        </span>
        <span className="soft">
          Power <b className="strong">{power(state)}</b>
        </span>
        {state.rule.state === 'runs' && <Chip kind="neutral">started by rule</Chip>}
        {state.settings.startsByRule && state.rule.state !== 'runs' && <Chip kind="dashed">rule on</Chip>}
        {state.reasons.length > 0 && <Chip kind="warn">{held ? 'held' : 'would be held'}</Chip>}
        {state.blind.length > 0 && <Chip kind="dashed">not all is watched</Chip>}
        <a className="btn end" href={hrefOf({ view: 'care' })}>
          Heat, power and hours
        </a>
      </div>
    </section>
  )
}

function hottest({ readings }: CareState) {
  const cards = readings?.gpus.state === 'known' ? readings.gpus.value.map(({ temperatureC }) => temperatureC) : []
  const processor = readings?.processorC.state === 'known' ? [readings.processorC.value] : []
  const known = [...cards, ...processor].filter((celsius) => celsius !== undefined)
  return known.length === 0 ? (
    <Unknown why="No temperature of this computer can be read" />
  ) : (
    `${Math.round(Math.max(...known))} °C`
  )
}

function power({ power: now }: CareState) {
  if (now?.watts === undefined) return <Unknown why="No part of this computer tells what it takes" />
  return `${now.partial ? 'at least ' : ''}${Math.round(now.watts)} W`
}
