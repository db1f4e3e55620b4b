import { constants, copyFileSync, createReadStream, rmSync } from 'node:fs'
import { resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import type { EarningsSummary, EarningsSums } from '../../shared/contract/earnings.contract.ts'
import { EARNING_KINDS } from '../../shared/earnings/kinds.ts'
import { RANGES, type Range } from '../../shared/earnings/ranges.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { isNetuid, isSs58Shape, type Netuid, type Ss58 } from '../../shared/units/amounts.ts'
import { formatUnits } from '../../shared/units/decimal.ts'

const GROUPS = ['subnet', 'wallet', 'hotkey', 'kind'] as const
type Group = (typeof GROUPS)[number]

export const EARNINGS_HELP = `taoforge earnings [--range RANGE] [--by GROUP] [--account ADDRESS] [--netuid N] [--hotkey ADDRESS]
                  [--json | --csv [--out FILE]] [--data DIR] [--network NAME]

What epochs brought: mined, validated, staked, root, apart from own moves and fees.
--range   ${RANGES.join(', ')}: days of UTC; default 30d
--by      ${GROUPS.join(', ')}; default subnet
--json    one JSON line with all sums, days and gaps, amounts as decimal text in the smallest unit; with --out a JSON file of epochs
--csv     a CSV file, a line for each epoch (docs/earnings.md); without --out in the folder of exports
--out     where the file goes, - for the terminal; a file that is there is not written over
`

interface EarningsArguments {
  readonly ask: {
    readonly range: Range
    readonly account?: Ss58
    readonly netuid?: Netuid
    readonly hotkey?: Ss58
  }
  readonly by: Group
  readonly json: boolean
  readonly file?: 'csv' | 'json' | undefined
  readonly out?: string | undefined
  readonly data?: string | undefined
  readonly network?: string | undefined
}

/** @errors in words, for a person at a terminal */
export function earningsArguments(argv: readonly string[]): Result<EarningsArguments, string> {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        range: { type: 'string', default: '30d' },
        by: { type: 'string', default: 'subnet' },
        account: { type: 'string' },
        netuid: { type: 'string' },
        hotkey: { type: 'string' },
        json: { type: 'boolean', default: false },
        csv: { type: 'boolean', default: false },
        out: { type: 'string' },
        data: { type: 'string' },
        network: { type: 'string' },
      },
    })
    const { account, hotkey, json, csv, out, data, network } = values
    const range = RANGES.find((one) => one === values.range)
    const by = GROUPS.find((one) => one === values.by)
    const netuid = values.netuid === undefined || values.netuid === '' ? undefined : Number(values.netuid)
    if (!range) return err(`--range is one of ${RANGES.join(', ')}.`)
    if (!by) return err(`--by is one of ${GROUPS.join(', ')}.`)
    if (values.netuid === '' || (netuid !== undefined && !isNetuid(netuid)))
      return err('--netuid takes a whole number from 0 to 65535.')
    if (account !== undefined && !isSs58Shape(account)) return err('--account takes an address.')
    if (hotkey !== undefined && !isSs58Shape(hotkey)) return err('--hotkey takes an address.')
    if (json && csv) return err('Leave --json or --csv away.')
    if (out !== undefined && !json && !csv) return err('--out goes with --csv or --json.')
    const ask = {
      range,
      ...(account === undefined ? {} : { account }),
      ...(netuid === undefined ? {} : { netuid }),
      ...(hotkey === undefined ? {} : { hotkey }),
    }
    const file = csv ? 'csv' : json && out !== undefined ? 'json' : undefined
    return ok({ ask, by, json, file, out, data, network })
  } catch (cause) {
    return err(cause instanceof Error ? cause.message : String(cause))
  }
}

const WORDS: Readonly<Record<Range, string>> = {
  today: 'Today',
  '7d': 'In 7 days',
  '30d': 'In 30 days',
  '365d': 'In 365 days',
  all: 'Since recording began',
}
/** Where one price is not known, the sum is not; what the others make is the least of it. */
const worthText = ({ earnedTao, knownTao, rows, unpriced }: EarningsSums): string =>
  earnedTao !== undefined
    ? formatUnits(earnedTao)
    : unpriced < rows
      ? `unknown, at least ${formatUnits(knownTao)}`
      : 'unknown'
const count = (many: number, one: string): string => `${many} ${one}${many === 1 ? '' : 's'}`

/** For a person: the sum, how sure it is, and each group. */
export function earningsText(summary: EarningsSummary, { ask, by }: EarningsArguments): readonly string[] {
  const { total, groups, gaps } = summary
  // Nothing recorded is not nothing earned.
  if (total.rows === 0)
    return [`${WORDS[ask.range]}: no epoch is recorded of what was chosen. ${count(gaps.length, 'gap')}.`]
  const alpha = total.alpha ? `${formatUnits(total.alpha.earned)} alpha ${ask.netuid}, worth ` : ''
  const lines =
    by === 'kind'
      ? EARNING_KINDS.filter((kind) => total.tao[kind] !== 0n || (total.alpha?.kinds[kind] ?? 0n) !== 0n).map(
          (kind) => ({
            key: kind as string,
            alpha: total.alpha?.kinds[kind],
            tao: `${total.unpriced > 0 ? 'at least ' : ''}${formatUnits(total.tao[kind])} TAO`,
          }),
        )
      : groups[by].map(({ key, sums }) => ({
          key: by === 'subnet' ? `subnet ${key}` : key,
          alpha: sums.alpha?.earned,
          tao: `${worthText(sums)} TAO, ${count(sums.epochs, 'epoch')}${sums.redRows > 0 ? `, ${sums.redRows} red` : ''}`,
        }))
  return [
    `${WORDS[ask.range]}: earned ${alpha}${worthText(total)} TAO at the price after each of ${count(total.epochs, 'epoch')}.`,
    `${total.rows - total.redRows - total.roundedRows - total.untoldRows} of ${count(total.rows, 'row')} add up, ${total.roundedRows} but for rounding of shares, ${total.redRows} are red: they do not. Of ${total.untoldRows} only the stake is known. ${count(gaps.length, 'gap')}.`,
    ...lines.map(
      (line) => `  ${line.key}: ${line.alpha === undefined ? '' : `${formatUnits(line.alpha)} alpha, `}${line.tao}`,
    ),
  ]
}

/** Takes a file out of the folder of exports. @errors in words */
export async function putFile(path: string, out: string): Promise<Result<string | undefined, string>> {
  if (out === '-') {
    await pipeline(createReadStream(path), process.stdout, { end: false })
    rmSync(path)
    return ok(undefined)
  }
  try {
    copyFileSync(path, resolve(out), constants.COPYFILE_EXCL)
    rmSync(path)
    return ok(resolve(out))
  } catch (cause) {
    const { code } = cause as { code?: string }
    return err(
      code === 'EEXIST'
        ? `${out} is there already, and was left as it is. The file is at ${path}.`
        : `${out} could not be written. The file is at ${path}.`,
    )
  }
}
