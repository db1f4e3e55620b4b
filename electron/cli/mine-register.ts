import { createInterface } from 'node:readline/promises'
import { parseArgs } from 'node:util'
import type { AppError } from '../../shared/errors.ts'
import { type ManyPlan, type PlaceToBuy, planMany, roomWithin } from '../../shared/registration/plan-many.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { addRao, isNetuid, isSs58Shape, type Netuid, type Rao, rao, type Ss58 } from '../../shared/units/amounts.ts'
import { formatUnits, parseTao } from '../../shared/units/decimal.ts'
import type { TypedClient } from './typed-client.ts'

export const REGISTER_HELP = `taoforge mine register --netuid N --hotkey ADDRESS [--hotkey ADDRESS …] [--room PERCENT] [--yes-spend-up-to TAO] [--data DIR]

Buys a place on a subnet for each of the hotkeys of the open wallet, one after the other: each with a limit of its own, and all
together never for more than was agreed to. Says first what that is; each registration makes the next one dearer. Stops where one is
refused or costs more by then. Called again it passes over those that have a place, and so goes on.`

const MOST_HOTKEYS = 32
/** As in the window: no single registration of somebody else (+26 %) stops it. */
const USUAL_ROOM_PPM = 300_000
const QUICK_MS = 30_000

export interface RegisterArguments {
  readonly data?: string | undefined
  readonly netuid: Netuid
  readonly hotkeys: readonly Ss58[]
  readonly roomPpm: number
  /** Asked nobody, if set. */
  readonly upTo?: Rao | undefined
}

export function registerArguments(argv: readonly string[]): Result<RegisterArguments, string> {
  try {
    const text = { type: 'string' } as const
    const options = {
      ...{ data: text, netuid: text, room: text, 'yes-spend-up-to': text },
      hotkey: { type: 'string', multiple: true },
    } as const
    const { values } = parseArgs({ args: [...argv], options })
    const netuid = values.netuid ? Number(values.netuid) : Number.NaN
    if (!isNetuid(netuid)) return err('--netuid takes a whole number from 0 to 65535')
    const hotkeys = (values.hotkey ?? []).filter(isSs58Shape)
    if (hotkeys.length === 0 || hotkeys.length !== values.hotkey?.length) return err('--hotkey takes an address')
    if (new Set(hotkeys).size !== hotkeys.length) return err('One hotkey is named twice')
    if (hotkeys.length > MOST_HOTKEYS) return err(`At most ${MOST_HOTKEYS} hotkeys at a time`)
    const roomPpm = values.room === undefined ? USUAL_ROOM_PPM : Math.round(Number(values.room || Number.NaN) * 10_000)
    if (!(roomPpm >= 0 && roomPpm <= 500_000)) return err('--room takes a percentage from 0 to 50')
    const bound = values['yes-spend-up-to']
    const upTo = bound === undefined ? undefined : parseTao(bound)
    if (upTo && !upTo.ok) return err('--yes-spend-up-to takes an amount of TAO, such as 0.5')
    return ok({ data: values.data, netuid, hotkeys, roomPpm, upTo: upTo?.value })
  } catch (cause) {
    return err(cause instanceof Error ? cause.message : String(cause))
  }
}

export interface RegisterWalk {
  readonly client: TypedClient
  readonly args: RegisterArguments
  readonly say: (line: string) => void
  /** Whether a person agrees. @errors contract/bad-input where nobody can be asked */
  readonly agree: (plan: ManyPlan) => Promise<Result<boolean, AppError>>
}

export interface Registered {
  readonly netuid: Netuid
  readonly registered: readonly { readonly hotkey: Ss58; readonly uid: number }[]
  readonly have: readonly Ss58[]
}

const isGone = (stage: string): boolean => stage === 'in-block' || stage === 'finalized' || stage === 'failed'

/** What was sent and is in no block yet may still buy one of these places. */
async function onItsWay({ client, args }: RegisterWalk): Promise<Result<Ss58 | undefined, AppError>> {
  const sent = await client.firstWhere('activity.watch', () => true, QUICK_MS)
  if (!sent.ok) return sent
  const open = sent.value.find(
    ({ kind, netuid, hotkey, stage }) =>
      kind === 'register' && netuid === args.netuid && hotkey && args.hotkeys.includes(hotkey) && !isGone(stage),
  )
  return ok(open?.hotkey)
}

const single = ({ client, args }: RegisterWalk, hotkey: Ss58, tolerancePpm: number) =>
  client.call('registration.plan', { netuid: args.netuid, hotkey, tolerancePpm })

/** All refusals are found before anything is paid. */
async function plan(walk: RegisterWalk): Promise<Result<ManyPlan, AppError>> {
  const { client, args } = walk
  const open = await onItsWay(walk)
  if (!open.ok) return open
  if (open.value !== undefined)
    return err({
      code: 'contract/bad-input',
      issues: [`${open.value} is being registered already. Wait for that one.`],
    })
  const course = await client.call('registration.course', { netuid: args.netuid })
  if (!course.ok) return course
  const singles = []
  for (const hotkey of args.hotkeys) singles.push({ hotkey, plan: await single(walk, hotkey, args.roomPpm) })
  const first = singles.flatMap(({ plan: one }) => (one.ok ? [one.value] : []))[0]
  // What one plan leaves and what it takes is what there is; that each leaves enough to live on the chain was seen to by each.
  const free = first ? addRao(first.freeAfterAtMost, first.mostCost) : rao(0n)
  return planMany(args.netuid, { singles, rules: course.value.rules, free, existentialDeposit: LEAST_LEFT })
}

/** An account below this ends; 500 rao on every network. Unit: rao. @source subtensor `runtime/src/lib.rs` ExistentialDeposit */
const LEAST_LEFT = rao(500n)

/** @param left rao that may still be spent */
async function buy(
  walk: RegisterWalk,
  place: PlaceToBuy,
  left: Rao,
): Promise<Result<{ uid: number; most: Rao }, AppError>> {
  const { client, args } = walk
  const { hotkey, limitPrice: limit } = place
  const now = await single(walk, hotkey, 0)
  if (!now.ok) return now
  const { price } = now.value
  const room = roomWithin(price, limit, args.roomPpm)
  const fresh = room === undefined ? undefined : await single(walk, hotkey, room)
  if (fresh && !fresh.ok) return fresh
  const prepared = fresh && (await client.call('transaction.prepare', { plan: fresh.value }))
  if (prepared && !prepared.ok) return prepared
  const agreed = prepared?.value.plan
  // The price of each block is another one; what is signed is judged, not what was asked for.
  if (!prepared || agreed?.kind !== 'register' || agreed.limitPrice > limit || agreed.mostCost > left)
    return err({
      code: 'register/price-above-limit',
      price: agreed?.kind === 'register' ? agreed.limitPrice : price,
      limit,
    })
  const sent = await client.call('transaction.send', { preparedId: prepared.value.preparedId })
  if (!sent.ok) return sent
  const { error, outcome, stage } = sent.value
  if (error) return err(error)
  if (outcome?.registeredUid === undefined)
    return err({ code: 'contract/bad-input', issues: [`${hotkey} is ${stage}, and has no place yet`] })
  return ok({ uid: outcome.registeredUid, most: agreed.mostCost })
}

const tao = (amount: Rao): string => `${formatUnits(amount)} TAO`

function sayPlan({ say }: RegisterWalk, { netuid, buys, have, mostCost, freeAfterAtMost }: ManyPlan): void {
  for (const hotkey of have) say(`- ${hotkey} has a place on subnet ${netuid} already: nothing is paid.`)
  for (const { hotkey, price, limitPrice } of buys)
    say(`- ${hotkey}: about ${tao(price)} when its turn comes, never above ${tao(limitPrice)}.`)
  if (buys.length > 0)
    say(`All together at most ${tao(mostCost)}, network fees included; at least ${tao(freeAfterAtMost)} stay free.`)
}

/** From a list to places. What was bought stays bought when it stops. @errors those of each step */
export async function registerMany(walk: RegisterWalk): Promise<Result<Registered, AppError>> {
  const planned = await plan(walk)
  if (!planned.ok) return planned
  const { netuid, buys, have, mostCost } = planned.value
  sayPlan(walk, planned.value)
  const { upTo } = walk.args
  if (buys.length > 0 && upTo === undefined) {
    const agreed = await walk.agree(planned.value)
    if (!agreed.ok || !agreed.value) return agreed.ok ? err({ code: 'contract/cancelled' }) : agreed
  }
  if (upTo !== undefined && mostCost > upTo)
    return err({ code: 'register/price-above-limit', price: mostCost, limit: upTo })
  let left = mostCost
  const registered: { hotkey: Ss58; uid: number }[] = []
  for (const place of buys) {
    const bought = await buy(walk, place, left)
    if (!bought.ok) {
      walk.say(`${registered.length} of ${buys.length} are registered. Call it again to go on with the others.`)
      return bought
    }
    left = rao(left - bought.value.most)
    registered.push({ hotkey: place.hotkey, uid: bought.value.uid })
    walk.say(`${place.hotkey} has uid ${bought.value.uid}.`)
  }
  return ok({ netuid, registered, have })
}

export const registerWalk = (client: TypedClient, args: RegisterArguments): RegisterWalk => ({
  client,
  args,
  say: (line) => void process.stderr.write(`${line}\n`),
  async agree() {
    if (!process.stdin.isTTY) return err({ code: 'contract/bad-input', issues: ['--yes-spend-up-to: none given'] })
    const asked = createInterface({ input: process.stdin, output: process.stderr })
    const answer = await asked.question('Write yes to spend it: ')
    asked.close()
    return ok(answer.trim() === 'yes')
  },
})
