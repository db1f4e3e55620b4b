import type { AskedMove } from '../../shared/staking/asked-move.ts'
import { alpha, netuid, raisedByPpm, rao, raoPerAlpha } from '../../shared/units/amounts.ts'
import { ROOT } from './reads.ts'
import { freshSigner } from './signer.ts'
import { carriedOut, type Places, TAO, TOLERANCE_PPM, termsOf, type Walk } from './walk.ts'

const STAKE = rao(TAO)
const nobody = freshSigner().address

/** Before anything is sent: what must not be planned is not, and by which code. Needs no money. */
export async function moveRefusals(it: Walk, places: Places, netuids: ReadonlySet<number>): Promise<void> {
  const { chain, report, account, moves } = it
  const { hotkey, simulates } = places
  const typo = `${account.address.slice(0, -1)}${account.address.endsWith('1') ? '2' : '1'}` as typeof account.address
  report.refused('a mistyped address', await chain.portfolio(typo, false), 'chain/bad-address')
  const terms = termsOf(places)
  const plan = (move: AskedMove) => moves.plan({ ...terms, moves: [move] })
  const add = { kind: 'add', netuid: places.netuid, hotkey, amount: STAKE } as const
  if (!simulates) {
    const blind = await moves.plan({ tolerancePpm: TOLERANCE_PPM, moves: [add] })
    report.refused('a trade without a limit, where nothing is simulated', blind, 'stake/limit-needed')
  }
  const anyPrice = raoPerAlpha(TAO * TAO)
  const little = { ...add, amount: rao(1n), limitPrice: anyPrice }
  report.refused('a stake of 1 rao', await plan(little), 'stake/too-small')
  report.refused('a stake with nobody', await plan({ ...add, hotkey: nobody }), 'stake/unknown-hotkey')
  const free = Array.from({ length: 4_096 }, (_, id) => id).find((id) => id > 0 && !netuids.has(id)) ?? 65_535
  report.refused('a stake on no subnet', await plan({ ...add, netuid: netuid(free) }), 'stake/unknown-subnet')
  const all = { kind: 'remove', netuid: places.netuid, hotkey: nobody, amount: alpha(TAO) } as const
  report.refused(
    'to sell what is not held',
    await plan({ ...all, hotkey: places.rootHotkey }),
    'stake/not-enough-alpha',
  )
}

/** @returns whether there is a position now */
export async function stake(it: Walk, places: Places): Promise<boolean> {
  const { chain, report, moves, account } = it
  const { netuid: id, hotkey, simulates, price } = places
  const add = { kind: 'add', netuid: id, hotkey, amount: STAKE } as const
  if (price === undefined) {
    const made = await moves.plan({ ...termsOf(places), moves: [add] })
    report.refused('a limit so far from a price that nobody knows', made, 'stake/limit-needed')
    return false
  }
  // As a person would take it from what the chain says: the price of now, and a little above.
  const limitPrice = simulates ? undefined : raisedByPpm(price, TOLERANCE_PPM)
  const made = await moves.plan({
    tolerancePpm: TOLERANCE_PPM,
    moves: [limitPrice === undefined ? add : { ...add, limitPrice }],
  })
  const [step] = made.ok ? made.value.steps : []
  if (step && !simulates && step.expected !== undefined)
    report.failed('quote', 'a number although nothing is simulated')
  if (step)
    report.done('quote', `${step.expected ?? 'unknown'} alpha for ${STAKE} rao, at least ${step.worst ?? 'unknown'}`)
  if (!(await carriedOut(it, 'stake', made))) return false
  const after = report.took(
    'portfolio after it',
    await chain.portfolio(account.address, true),
    ({ positions }) => `${positions.length} positions`,
  )
  const held = after?.positions.some((row) => row.netuid === id && row.hotkey === hotkey) ?? false
  if (!held) report.failed('portfolio after it', 'the position is not there')
  return held
}

/** Every move of one position, refusals first. */
export async function everyMove(it: Walk, places: Places): Promise<void> {
  const { moves } = it
  const terms = termsOf(places)
  const plan = (move: AskedMove) => moves.plan({ ...terms, moves: [move] })
  const at = { netuid: places.netuid, hotkey: places.hotkey }
  await partly(it, places)
  await toAnotherValidator(it, places)
  await swap(it, places)
  await give(it, places)
  await carriedOut(it, 'unstake a part', await plan({ kind: 'remove', ...at, amount: { percent: 20 } }))
  await carriedOut(it, 'take all of a position', await plan({ kind: 'remove-all', ...at }))
}

/** All of it would pass a limit at the price of now; a part may be done up to a limit that is further away. */
async function partly({ ...it }: Walk, { netuid: id, hotkey, simulates }: Places): Promise<void> {
  const sale = { kind: 'remove', netuid: id, hotkey, amount: { percent: 20 } } as const
  if (simulates) {
    const tight = await it.moves.plan({ tolerancePpm: TOLERANCE_PPM, limitFromSpotPpm: 0, moves: [sale] })
    it.report.refused('a sale past its limit', tight, 'stake/impact-too-large')
  } else it.report.off('a sale past its limit', 'how far it moves the price is not known before: the chain refuses it')
  const part = [{ ...sale, allowPartial: true }]
  await carriedOut(it, 'unstake, in part if need be', await it.moves.plan({ ...termsOf({ simulates }), moves: part }))
}

async function toAnotherValidator(it: Walk, places: Places): Promise<void> {
  const { moves, report } = it
  const { netuid: id, hotkey, otherHotkey } = places
  const move = { kind: 'move', netuid: id, fromHotkey: hotkey, toHotkey: hotkey, amount: { percent: 30 } } as const
  report.refused('a move to where it is', await moves.plan({ ...termsOf(places), moves: [move] }), 'stake/same-place')
  if (!otherHotkey) return report.off('move to another validator', 'there is no other validator')
  // Without a limit on every chain: no trade happens.
  const made = await moves.plan({ tolerancePpm: TOLERANCE_PPM, moves: [{ ...move, toHotkey: otherHotkey }] })
  const [step] = made.ok ? made.value.steps : []
  if (step && (step.expected !== step.gives || !step.notes.includes('no-trade')))
    report.failed('move to another validator', 'planned as if it were a trade')
  await carriedOut(it, 'move to another validator', made)
}

async function swap(it: Walk, places: Places): Promise<void> {
  const { moves, report } = it
  const { netuid: id, hotkey, otherNetuid } = places
  const from = { kind: 'swap', hotkey, fromNetuid: id } as const
  const to = otherNetuid ?? ROOT
  const little = { ...from, toNetuid: to, amount: { worth: rao(1_900_000n) } }
  const lost = await moves.plan({ ...termsOf(places), moves: [little] })
  report.refused('a swap that would lose its second leg', lost, 'stake/second-leg-lost')
  const some = { ...from, toNetuid: to, amount: { percent: 30 } }
  await carriedOut(
    it,
    `swap to ${to === ROOT ? 'root' : 'another subnet'}`,
    await moves.plan({ ...termsOf(places), moves: [some] }),
  )
}

async function give(it: Walk, places: Places): Promise<void> {
  const { moves, report, account } = it
  const { netuid: id, hotkey } = places
  const gift = { kind: 'transfer', netuid: id, hotkey, to: freshSigner().address, amount: { percent: 10 } } as const
  const self = await moves.plan({ ...termsOf(places), moves: [{ ...gift, to: account.address }] })
  report.refused('stake given to oneself', self, 'transfer/to-itself')
  const made = await moves.plan({ tolerancePpm: TOLERANCE_PPM, moves: [gift] })
  if (!made.ok && made.error.code === 'stake/transfers-off')
    return report.off('give stake away', 'the owner of the subnet has switched it off')
  await carriedOut(it, 'give stake away', made)
}
