import { originOf } from '../../shared/staking/stake-move.ts'
import { rao } from '../../shared/units/amounts.ts'
import { ROOT } from './reads.ts'
import { said } from './report.ts'
import { carriedOut, type Places, TAO, TOLERANCE_PPM, termsOf, type Walk } from './walk.ts'

const SMALL = rao(TAO / 100n)
const BELOW = rao(TAO / 20n)

/** Sweep, rebalance and exit: many bounded calls in one plan. */
export async function manyMoves(it: Walk, places: Places): Promise<void> {
  const { report } = it
  await report.part('sweep', () => sweep(it, places))
  await report.part('rebalance', () => rebalance(it, places))
  await report.part('exit', () => exit(it, places))
}

/** Where nothing is simulated, each needs a limit that is said. */
async function blindRefusals({ report, moves }: Walk, { simulates, netuid, hotkey }: Places, what: keyof typeof asks) {
  if (simulates) return
  const refused = await asks[what](moves, { netuid, hotkey })
  report.refused(`${what} without a limit, where nothing is simulated`, refused, 'stake/limit-needed')
}
type At = Pick<Places, 'netuid' | 'hotkey'>
const asks = {
  sweep: (moves: Walk['moves'], _at: At) => moves.exit({ tolerancePpm: TOLERANCE_PPM, below: BELOW }),
  exit: (moves: Walk['moves'], _at: At) => moves.exit({ tolerancePpm: TOLERANCE_PPM }),
  rebalance: (moves: Walk['moves'], at: At) =>
    moves.rebalance({ tolerancePpm: TOLERANCE_PPM, freeCounted: rao(0n), targets: [{ ...at, ppm: 1_000_000 }] }),
}

async function sweep(it: Walk, places: Places): Promise<void> {
  const { moves, report } = it
  const { netuid, hotkey } = places
  const add = { kind: 'add', netuid, hotkey, amount: SMALL } as const
  if (!(await carriedOut(it, 'a small stake', await moves.plan({ ...termsOf(places), moves: [add] })))) return
  await blindRefusals(it, places, 'sweep')
  const made = await moves.exit({ ...termsOf(places), below: BELOW })
  if (made.ok && made.value.steps.some(({ givesRao }) => givesRao === undefined || givesRao >= BELOW))
    return report.failed('sweep small positions', 'planned to sell one that is not small')
  if (made.ok && !made.value.skipped.some(({ reason }) => reason === 'not-small'))
    report.failed('sweep small positions', 'does not say what it leaves')
  await carriedOut(it, 'sweep small positions', made)
}

async function rebalance(it: Walk, places: Places): Promise<void> {
  const { moves, report, chain, account } = it
  const { netuid, hotkey, otherNetuid, rootHotkey } = places
  const target = (ppm: number) => ({ netuid, hotkey, ppm })
  const other = otherNetuid === undefined ? { netuid: ROOT, hotkey: rootHotkey } : { netuid: otherNetuid, hotkey }
  const ask = { ...termsOf(places), freeCounted: rao(0n) }
  const much = await moves.rebalance({ ...ask, targets: [target(600_000), { ...other, ppm: 500_000 }] })
  report.refused('shares of more than the whole', much, 'contract/bad-input')
  await blindRefusals(it, places, 'rebalance')
  const made = await moves.rebalance({ ...ask, targets: [target(800_000), { ...other, ppm: 200_000 }] })
  if (!made.ok && made.error.code === 'stake/root-held')
    return report.off('rebalance to 80 % and 20 %', `what is on root may not leave before block ${made.error.until}`)
  if (!(await carriedOut(it, 'rebalance to 80 % and 20 %', made))) return
  const after = await chain.portfolio(account.address, false)
  const worth = (id?: number) =>
    after.ok
      ? after.value.positions.reduce(
          (sum, row) => sum + (id === undefined || row.netuid === id ? Number(row.valueAtSpot ?? Number.NaN) : 0),
          0,
        )
      : Number.NaN
  const share = (worth(netuid) / worth()) * 100
  if (Number.isNaN(share)) report.off('the shares that came out', 'positions have no price in this runtime’s portfolio')
  else if (share < 75 || share > 85) report.failed('the shares that came out', `${share.toFixed(1)} % instead of 80 %`)
  else report.done('the shares that came out', `${share.toFixed(1)} %`)
}

async function exit(it: Walk, places: Places): Promise<void> {
  const { moves, report, chain, account } = it
  await blindRefusals(it, places, 'exit')
  const made = await moves.exit(termsOf(places))
  if (made.ok) {
    const { steps, intent } = made.value
    const unbounded = steps.filter(({ limitPrice }) => !limitPrice)
    if (unbounded.length > 0) report.failed('exit everything', `${unbounded.length} sales without a limit`)
    const limits = steps.map(({ move, limitPrice }) => `${'netuid' in move ? move.netuid : '?'} at ${limitPrice}`)
    const left = made.value.skipped.map(({ netuid, reason }) => `${netuid} is ${reason}`)
    const stays = left.length > 0 ? `; left: ${left.join(', ')}` : ''
    report.done(
      'a plan to exit',
      `${intent.kind} of ${steps.length}, least rao for one alpha: ${limits.join(', ')}${stays}`,
    )
  }
  const plan = await carriedOut(it, 'exit everything', made)
  const after = plan && (await chain.portfolio(account.address, false))
  if (!plan || !after?.ok) return
  const gave = new Map(plan.steps.map(({ move, gives }) => [said(originOf(move)), gives]))
  // An epoch may pay a last time.
  const left = after.value.positions.filter((row) => {
    const sold = gave.get(said({ netuid: row.netuid, hotkey: row.hotkey }))
    return sold !== undefined && row.alpha * 50n > sold
  })
  if (left.length > 0) report.failed('nothing is left of it', `${left.length} positions`)
  else report.done('nothing is left of it', `free ${after.value.free} rao`)
}
