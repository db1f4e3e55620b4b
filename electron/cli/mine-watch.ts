import { parseArgs } from 'node:util'
import type { PlaceCourse, PlaceWatch } from '../../shared/contract/registration.contract.ts'
import type { AppError } from '../../shared/errors.ts'
import { blocksUntil } from '../../shared/registration/price-course.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { isNetuid, type Netuid } from '../../shared/units/amounts.ts'
import { formatUnits } from '../../shared/units/decimal.ts'
import { aboutTime } from '../../shared/words/alert-words.ts'
import { keptSentence, paceSentence, removalSentence, standingSentence } from '../../shared/words/watch-words.ts'
import type { TypedClient } from './typed-client.ts'

export const WATCH_HELP = `taoforge mine watch [--json] [--netuid N] [--data DIR] [--network NAME]

Says of each place of own hotkeys how near it is to being replaced, how long it may be kept, and what may happen to its
subnet. With --netuid, what a place on that subnet costs now, cost as recorded here, and will cost if nobody registers.
--json prints one line of JSON: what registration.watch or registration.course answers.`

export interface WatchArguments {
  readonly data?: string | undefined
  readonly network?: string | undefined
  readonly netuid?: Netuid | undefined
  readonly json: boolean
}

export function watchArguments(argv: readonly string[]): Result<WatchArguments, string> {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        json: { type: 'boolean' },
        netuid: { type: 'string' },
        data: { type: 'string' },
        network: { type: 'string' },
      },
    })
    const netuid = values.netuid === undefined ? undefined : values.netuid === '' ? Number.NaN : Number(values.netuid)
    if (netuid !== undefined && !isNetuid(netuid)) return err('--netuid takes a whole number from 0 to 65535')
    return ok({ data: values.data, network: values.network, netuid, json: values.json === true })
  } catch (cause) {
    return err(cause instanceof Error ? cause.message : String(cause))
  }
}

type Watched = NonNullable<PlaceWatch['data']>

/** A sentence a line. */
export function placeLines({ places, removal, block }: Watched, blockMs: number): readonly string[] {
  if (places.length === 0) return ['None of the hotkeys on this computer has a place on a subnet.']
  return places.flatMap((place) => {
    const own = removal?.subnets.find(({ netuid }) => netuid === place.netuid)
    const until = own?.immuneUntilBlock
    return [
      `Subnet ${place.netuid}, uid ${place.uid}, hotkey ${place.hotkey}`,
      `  ${standingSentence(place, block, blockMs)}`,
      `  ${keptSentence(place, blockMs)}`,
      `  ${paceSentence(place.pace, blockMs)}`,
      ...(removal
        ? [
            `  ${removalSentence({
              netuid: place.netuid,
              next: removal.next,
              freeSubnets: removal.freeSubnets,
              immuneBlocks: until === undefined ? undefined : Math.max(0, until - block),
              blockMs,
            })}`,
          ]
        : []),
    ]
  })
}

/** Every sixth step of the projection, and what was recorded. */
export function courseText(course: PlaceCourse, blockMs: number): readonly string[] {
  const { netuid, price, block, rules, projected, lines } = course
  const recorded = lines.flat().slice(0, -1)
  const prices = recorded.map((point) => point.price).toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0))
  const floor = blocksUntil(rules.minPrice, price, rules)
  return [
    `A place on subnet ${netuid} costs ${formatUnits(price)} TAO at block ${block}.`,
    prices.length === 0
      ? 'Nothing is recorded of it yet: it is while the app runs.'
      : `Recorded here: between ${formatUnits(prices[0] ?? 0n)} and ${formatUnits(prices.at(-1) ?? 0n)} TAO, in ${lines.length} ${lines.length === 1 ? 'piece' : 'pieces'} without a gap.`,
    paceSentence(course.pace, blockMs),
    'If nobody registers, by the chain’s own rule:',
    ...projected
      .filter((_, index) => index > 0 && index % 6 === 0)
      .map((point) => `  ${formatUnits(point.price)} TAO in ${aboutTime((point.block - block) * blockMs)}`),
    floor === undefined || floor === 0
      ? `It cannot fall below ${formatUnits(rules.minPrice)} TAO.`
      : `It reaches ${formatUnits(rules.minPrice)} TAO, the lowest there is, in ${aboutTime(floor * blockMs)}. Each registration makes it dearer: × ${rules.increasePpm / 1_000_000}.`,
  ]
}

/** Whoever set a rule for a price must not believe that it still waits. */
const asideLines = (files: readonly string[]): readonly string[] =>
  files.length === 0
    ? []
    : [
        'Rules for a price that were set earlier could not be read, and buy nothing. Set them anew; what their file held is kept in',
        ...files.map((file) => `  ${file}`),
      ]

const LONGEST_MS = 30_000

/** @returns what is printed without `--json` */
export async function watchText(
  client: TypedClient,
  { netuid }: WatchArguments,
  blockMs: number,
): Promise<Result<readonly string[], AppError>> {
  if (netuid !== undefined) {
    const course = await client.call('registration.course', { netuid })
    return course.ok ? ok(courseText(course.value, blockMs)) : course
  }
  const watch = await client.firstWhere('registration.watch', isThere, LONGEST_MS)
  if (!watch.ok) return watch
  const { data, error } = watch.value
  if (!data) return err(error ?? { code: 'chain/not-connected' })
  const rules = await client.call('registration.rules', {})
  if (!rules.ok) return rules
  return ok([...placeLines(data, blockMs), ...asideLines(rules.value.aside)])
}

const isThere = ({ data, error }: PlaceWatch): boolean =>
  data !== undefined || (error !== undefined && error.code !== 'chain/not-connected')
