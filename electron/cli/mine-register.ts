import { createInterface } from 'node:readline/promises'
import { parseArgs } from 'node:util'
import type { AppError } from '../../shared/errors.ts'
import type { KnownPlaceList, ListedPlace } from '../../shared/registration/place-list.ts'
import { type ManyPlan, MOST_PLACES } from '../../shared/registration/plan-many.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { isNetuid, isSs58Shape, type Netuid, type Rao, type Ss58 } from '../../shared/units/amounts.ts'
import { formatUnits, parseTao } from '../../shared/units/decimal.ts'
import type { TypedClient } from './typed-client.ts'

export const REGISTER_HELP = `taoforge mine register --netuid N --hotkey ADDRESS [--hotkey ADDRESS …] [--room PERCENT] [--yes-spend-up-to TAO] [--data DIR]

Buys a place on a subnet for each of the hotkeys of the open wallet, one after the other: each with a limit of its own, and all
together never for more than was agreed to. Says first what that is; each registration makes the next one dearer. Stops where one is
refused or costs more by then, and behind the one that is on its way when it is interrupted. Called again it passes over those that have
a place, and so goes on. The window shows the same list, under Mine, Several hotkeys.`

/** As in the window: no single registration of somebody else (+26 %) stops it. */
const USUAL_ROOM_PPM = 300_000
/** A block may be waited for; of one that comes into none the host tells after its life of 128 blocks of 12 s. */
const STEP_MS = 45 * 60_000

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
    if (hotkeys.length > MOST_PLACES) return err(`At most ${MOST_PLACES} hotkeys at a time`)
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
  /** Calls back when a person wants it to end. @returns stops listening */
  readonly onInterrupt: (listener: () => void) => () => void
}

export interface Registered {
  readonly netuid: Netuid
  readonly registered: readonly { readonly hotkey: Ss58; readonly uid: number | undefined }[]
  readonly have: readonly Ss58[]
}

const tao = (amount: Rao): string => `${formatUnits(amount)} TAO`

function sayPlan({ say }: RegisterWalk, plan: ManyPlan): void {
  const { netuid, buys, have, mostCost, mostBound, txFees, freeAfterAtMost } = plan
  for (const { hotkey, uid } of have) say(`- ${hotkey} has uid ${uid} on subnet ${netuid} already: nothing is paid.`)
  for (const { hotkey, price, limitPrice } of buys)
    say(`- ${hotkey}: about ${tao(price)} when its turn comes, never above ${tao(limitPrice)}.`)
  if (buys.length === 0) return
  say(`All together at most ${tao(mostCost)}, network fees of ${tao(txFees)} included.`)
  say(`Of it bound as collateral, at most: ${mostBound === undefined ? 'unknown' : tao(mostBound)}.`)
  say(`At least ${tao(freeAfterAtMost)} stay free.`)
}

/** What a place became, once it is known. */
function lineOf({ hotkey, state, uid, error }: ListedPlace): string | undefined {
  if (state === 'done') return `${hotkey} has uid ${uid ?? 'unknown'}.`
  if (state === 'sending') return `${hotkey} was sent.`
  return error && `${hotkey} was not registered: ${error.code}.`
}

/** Says what changes, until the list rests. What it says of a list that another one asked for too is the same. */
async function follow(
  { client, say, onInterrupt }: RegisterWalk,
  id: string,
): Promise<Result<KnownPlaceList, AppError>> {
  const said = new Map<Ss58, string>()
  const ownOf = (lists: readonly KnownPlaceList[]) => lists.find((one) => one.id === id)
  const news = (list: KnownPlaceList) =>
    list.places.flatMap((place) => {
      const line = lineOf(place)
      return line === undefined || said.get(place.hotkey) === line ? [] : [{ hotkey: place.hotkey, line }]
    })
  const quiet = onInterrupt(() => {
    say('It stops behind the one that is on its way.')
    void client.call('registration.stopMany', { id })
  })
  try {
    for (;;) {
      const isNew = (lists: readonly KnownPlaceList[]) => {
        const list = ownOf(lists)
        return !list || list.now === 'resting' || news(list).length > 0
      }
      const seen = await client.firstWhere('registration.lists', isNew, STEP_MS)
      if (!seen.ok) return seen
      const list = ownOf(seen.value)
      if (!list) return err({ code: 'register/no-list' })
      for (const { hotkey, line } of news(list)) {
        said.set(hotkey, line)
        say(line)
      }
      if (list.now === 'resting') return ok(list)
    }
  } finally {
    quiet()
  }
}

/** From a list to places. What was bought stays bought when it stops. @errors those of each step */
export async function registerMany(walk: RegisterWalk): Promise<Result<Registered, AppError>> {
  const { client, args, say } = walk
  const { netuid, hotkeys, roomPpm: tolerancePpm, upTo } = args
  const planned = await client.call('registration.planMany', { netuid, hotkeys, tolerancePpm })
  if (!planned.ok) return planned
  const { buys, mostCost } = planned.value
  const have = planned.value.have.map(({ hotkey }) => hotkey)
  sayPlan(walk, planned.value)
  if (buys.length === 0) return ok({ netuid, registered: [], have })
  if (upTo === undefined) {
    const agreed = await walk.agree(planned.value)
    if (!agreed.ok || !agreed.value) return agreed.ok ? err({ code: 'contract/cancelled' }) : agreed
  }
  const begun = await client.call('registration.startMany', { plan: planned.value, upTo: upTo ?? mostCost })
  if (!begun.ok) return begun
  const ended = await follow(walk, begun.value.id)
  if (!ended.ok) return ended
  const { places, broken } = ended.value
  const done = places.filter(({ state }) => state === 'done')
  const failed = places.find(({ error }) => error)?.error ?? broken
  if (done.length === places.length) {
    // Nothing is left to be read of it; one that stopped stays, and can be gone on with in the window.
    await client.call('registration.dropMany', { id: begun.value.id })
    return ok({ netuid, registered: done.map(({ hotkey, uid }) => ({ hotkey, uid })), have })
  }
  say(`${done.length} of ${places.length} are registered. Call it again to go on with the others.`)
  return err(failed ?? { code: 'contract/cancelled' })
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
  onInterrupt(listener) {
    process.once('SIGINT', listener)
    return () => void process.off('SIGINT', listener)
  },
})
