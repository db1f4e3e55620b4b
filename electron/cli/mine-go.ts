import { createInterface } from 'node:readline/promises'
import { parseArgs } from 'node:util'
import type { GoView } from '../../shared/contract/one-click.contract.ts'
import type { AppError } from '../../shared/errors.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { isNetuid, type Netuid, type Rao } from '../../shared/units/amounts.ts'
import { formatUnits, parseTao } from '../../shared/units/decimal.ts'
import { boundSentence } from '../../shared/words/collateral-words.ts'
import { type TypedClient, typedClient } from './typed-client.ts'

/** A download of gigabytes over a slow line has to fit in. */
const LONGEST_MS = 24 * 3_600_000

export const MINE_HELP = `taoforge mine go [--yes-spend-up-to TAO] [--netuid N] [--model ID] [--accept-licence NAME] [--data DIR]

Walks from nothing to mining on the host that runs for the data folder: chooses, checks, downloads, measures, and asks before
anything is spent. With --yes-spend-up-to it asks nobody, and registers for at most that much, fee included. The wallet has to
be open by then. What is interrupted goes on when it is called again.`

export interface MineArguments {
  readonly data?: string | undefined
  readonly upTo?: Rao | undefined
  readonly netuid?: Netuid | undefined
  readonly modelId?: string | undefined
  readonly acceptLicence?: string | undefined
}

/** An empty text is no 0: that is the root network. */
const wholeOf = (text: string): number => (/^\d{1,5}$/.test(text) ? Number(text) : Number.NaN)

export function mineArguments(argv: readonly string[]): Result<MineArguments, string> {
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        data: { type: 'string' },
        'yes-spend-up-to': { type: 'string' },
        netuid: { type: 'string' },
        model: { type: 'string' },
        'accept-licence': { type: 'string' },
      },
    })
    if (positionals.join(' ') !== 'go') return err('Write: taoforge mine go')
    const bound = values['yes-spend-up-to']
    const upTo = bound === undefined ? undefined : parseTao(bound)
    if (upTo && !upTo.ok) return err('--yes-spend-up-to takes an amount of TAO, such as 0.5')
    const netuid = values.netuid === undefined ? undefined : wholeOf(values.netuid)
    if (netuid !== undefined && !isNetuid(netuid)) return err('--netuid takes a whole number from 0 to 65535')
    return ok({
      data: values.data,
      upTo: upTo?.value,
      netuid,
      modelId: values.model,
      acceptLicence: values['accept-licence'],
    })
  } catch (cause) {
    return err(cause instanceof Error ? cause.message : String(cause))
  }
}

interface Walk {
  readonly client: TypedClient
  readonly args: MineArguments
  readonly say: (line: string) => void
}

const lineOf = ({ step, note, fraction }: GoView): string =>
  [step, note, fraction === undefined ? undefined : `${Math.trunc(fraction * 100)} %`].filter(Boolean).join(': ')

const isThere = ({ phase }: GoView): boolean => phase !== 'running'

/** Says each new line until it stands still. */
async function untilStill({ client, say }: Walk): Promise<Result<GoView, AppError>> {
  let last = ''
  return client.firstWhere(
    'oneClick.watch',
    (view) => {
      const line = view.phase === 'running' ? lineOf(view) : ''
      if (line !== '' && line !== last) say(line)
      last = line
      return isThere(view)
    },
    LONGEST_MS,
  )
}

/** @returns the most that it may cost, or why nobody said so */
async function bound({ args, say }: Walk, { facts, terms }: GoView): Promise<Result<Rao, AppError>> {
  const place = terms?.place
  if (!place) return err({ code: 'contract/cancelled' })
  for (const { text } of facts) say(`- ${text}`)
  say(`A place costs at most ${formatUnits(place.mostCost)} TAO, the network fee included. ${boundSentence(place)}`)
  if (args.upTo !== undefined) return ok(args.upTo)
  if (!process.stdin.isTTY) return err({ code: 'contract/bad-input', issues: ['--yes-spend-up-to: none given'] })
  const asked = createInterface({ input: process.stdin, output: process.stderr })
  const answer = await asked.question('Write yes to spend it: ')
  asked.close()
  return answer.trim() === 'yes' ? ok(place.mostCost) : err({ code: 'contract/cancelled' })
}

/** What was begun before is gone on with only where it is what is asked for now. */
const isAsked = ({ choice }: GoView, { netuid, modelId }: MineArguments): boolean =>
  !choice ||
  ((netuid === undefined || choice.netuid === netuid) && (modelId === undefined || choice.modelId === modelId))

async function begin({ client, args }: Walk): Promise<Result<GoView, AppError>> {
  const now = await client.firstWhere('oneClick.watch', () => true, LONGEST_MS)
  if (!now.ok) return now
  const { phase, sent, agreed } = now.value
  const { netuid, modelId, acceptLicence } = args
  const isUp = phase === 'running' || phase === 'asking' || phase === 'mining'
  if (!isAsked(now.value, args) && (isUp || sent !== undefined)) return err(otherWalk(now.value))
  if (isUp) return now
  if (phase === 'idle' || !isAsked(now.value, args)) {
    const cleared = phase === 'idle' ? now : await client.call('oneClick.dismiss', {})
    return cleared.ok ? client.call('oneClick.go', { netuid, modelId, acceptLicence }) : cleared
  }
  // Somebody agreed to an amount another time; here it is said anew, or not at all.
  if (agreed && sent === undefined) {
    const takenBack = await client.call('oneClick.cancel', {})
    if (!takenBack.ok) return takenBack
  }
  return client.call('oneClick.resume', acceptLicence === undefined ? {} : { acceptLicence })
}

const otherWalk = ({ choice }: GoView): AppError => ({
  code: 'contract/bad-input',
  issues: [
    `Subnet ${choice?.netuid} with ${choice?.modelName ?? 'no model'} is under way. Stop that first, or leave --netuid and --model out.`,
  ],
})

/** From wherever it stands to mining. @errors those of each step */
export async function walkToMining(walk: Walk): Promise<Result<GoView, AppError>> {
  const begun = await begin(walk)
  if (!begun.ok) return begun
  const ready = await untilStill(walk)
  if (!ready.ok) return ready
  if (ready.value.phase !== 'asking') return ended(ready.value)
  const most = await bound(walk, ready.value)
  if (!most.ok) return most
  const registered = await walk.client.call('oneClick.confirm', { mostCost: most.value })
  if (!registered.ok) return registered
  const last = await untilStill(walk)
  return last.ok ? ended(last.value) : last
}

const ended = (view: GoView): Result<GoView, AppError> =>
  view.phase === 'mining' ? ok(view) : err(view.error ?? { code: 'contract/cancelled' })

export const mineWalk = (asker: Parameters<typeof typedClient>[0], args: MineArguments): Walk => ({
  client: typedClient(asker),
  args,
  say: (line) => void process.stderr.write(`${line}\n`),
})
