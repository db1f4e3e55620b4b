import type { AppContract, Handlers } from '../../shared/contract/contract.ts'
import type { EarningsSummary, EarningsSums } from '../../shared/contract/earnings.contract.ts'
import type { EpochRow } from '../../shared/earnings/epoch-row.ts'
import { kindsInTao, kindsOf, statusOf } from '../../shared/earnings/kinds.ts'
import { dayOf, spanOf } from '../../shared/earnings/ranges.ts'
import { ok } from '../../shared/result.ts'
import { alpha, netuid, rao, raoPerAlpha, ss58, U64_MAX } from '../../shared/units/amounts.ts'

const COLDKEY = ss58('5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY')
const HOTKEY = ss58('5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty')
const BLOCK = 9_583_214
const DAY = 86_400_000

const KINDS = { mined: 0n, validated: 0n, staked: 0n, root: 0n, 'owner-cut': 0n, 'not-told': 0n }
const NO_SUMS: EarningsSums = {
  tao: KINDS,
  knownTao: 0n,
  earnedTao: 0n,
  feeTao: 0n,
  rows: 0,
  epochs: 0,
  unpriced: 0,
  redRows: 0,
  roundedRows: 0,
  untoldRows: 0,
}

export const NOTHING_EARNED: EarningsSummary = {
  span: spanOf('30d', Date.now()),
  total: NO_SUMS,
  groups: { wallet: [], hotkey: [], subnet: [] },
  days: [],
  seen: { netuids: [], hotkeys: [] },
  gaps: [],
}

const together = (of: readonly Readonly<Record<string, bigint>>[]) =>
  Object.fromEntries(
    Object.keys(KINDS).map((kind) => [kind, of.reduce((all, one) => all + (one[kind] ?? 0n), 0n)]),
  ) as typeof KINDS
const total = (of: Readonly<Record<string, bigint>>) => Object.values(of).reduce((all, one) => all + one, 0n)

function sumsOf(rows: readonly EpochRow[], isOneSubnet: boolean): EarningsSums {
  const kinds = together(rows.map(kindsOf))
  const tao = together(rows.map((row) => kindsInTao(row) ?? {}))
  const unpriced = rows.filter((row) => row.earnedTao === undefined && row.earned !== 0n).length
  const count = (status: string) => rows.filter((row) => statusOf(row) === status).length
  const sum = (value: (row: EpochRow) => bigint) => rows.reduce((all, row) => all + value(row), 0n)
  return {
    ...(isOneSubnet
      ? {
          alpha: {
            kinds,
            earned: total(kinds),
            flows: sum((row) => row.flows),
            fee: sum((row) => row.parts?.feeAlpha ?? 0n),
            unexplained: sum((row) => row.parts?.unexplained ?? 0n),
            red: 0n,
          },
        }
      : {}),
    tao,
    knownTao: total(tao),
    ...(unpriced === 0 ? { earnedTao: total(tao) } : {}),
    feeTao: sum((row) => row.parts?.feeTao ?? 0n),
    rows: rows.length,
    epochs: sum((row) => BigInt(row.epochs)) === 0n ? 0 : Number(sum((row) => BigInt(row.epochs))),
    unpriced,
    redRows: count('red'),
    roundedRows: count('rounded'),
    untoldRows: count('not-looked-at'),
  }
}

type Answers = Partial<Handlers<AppContract>>

/** Answers as the host gives them, from some rows. */
function answersOf(newestFirst: readonly EpochRow[], gaps: EarningsSummary['gaps'] = []): Answers {
  const chosen = (ask: { readonly range: Parameters<typeof spanOf>[0]; readonly netuid?: number | undefined }) => {
    const span = spanOf(ask.range, Date.now())
    const rows = newestFirst.filter(
      (row) => (ask.netuid === undefined || row.netuid === ask.netuid) && dayOf(row.atMs) >= (span.from ?? 0),
    )
    return { span, rows }
  }
  const grouped = (rows: readonly EpochRow[], by: (row: EpochRow) => string, isOne: boolean) =>
    [...Map.groupBy(rows, by)].map(([key, of]) => ({ key, sums: sumsOf(of, isOne) }))
  return {
    'earnings.summary': async (ask) => {
      const { span, rows } = chosen(ask)
      const isOne = ask.netuid !== undefined
      const days = [
        ...Map.groupBy(
          newestFirst.filter((row) => !isOne || row.netuid === ask.netuid),
          (row) => dayOf(row.atMs),
        ),
      ]
      const [first, last] = [rows.at(-1), rows[0]]
      return ok({
        ...NOTHING_EARNED,
        span,
        total: sumsOf(rows, isOne),
        ...(ask.range === 'all' ? {} : { before: sumsOf(rows.slice(0, Math.floor(rows.length / 2)), isOne) }),
        groups: {
          wallet: grouped(rows, (row) => row.coldkey, isOne),
          hotkey: grouped(rows, (row) => row.hotkey, isOne),
          subnet: grouped(rows, (row) => String(row.netuid), true),
        },
        days: days
          .map(([day, of]) => ({
            day,
            ...(isOne ? { alpha: total(together(of.map(kindsOf))) } : {}),
            tao: total(together(of.map((row) => kindsInTao(row) ?? {}))),
            ...(isOne && of[0]?.price !== undefined ? { price: of[0].price as bigint } : {}),
            rows: of.length,
            unpriced: of.filter((row) => row.earnedTao === undefined && row.earned !== 0n).length,
            redRows: of.filter((row) => statusOf(row) === 'red').length,
          }))
          .toSorted((a, b) => a.day - b.day),
        ...(isOne && first && last
          ? {
              subnet: {
                start: first.stakeBefore as bigint,
                end: last.stakeAfter as bigint,
                ...(first.price === undefined ? {} : { priceThen: first.price as bigint }),
              },
            }
          : {}),
        seen: {
          netuids: [...new Set(newestFirst.map((row) => row.netuid))],
          hotkeys: [...new Set(newestFirst.map((row) => row.hotkey))],
        },
        gaps,
      })
    },
    'earnings.epochs': async ({ offset, limit, onlyRed, ...ask }) => {
      const { rows } = chosen(ask)
      const asked = onlyRed ? rows.filter((row) => statusOf(row) === 'red') : rows
      return ok({
        total: asked.length,
        rows: asked.slice(offset, offset + limit).map((row) => {
          const gap = gaps.find(({ throughBlock }) => throughBlock === row.parts?.fromBlock)
          return gap ? { row, afterGap: gap } : { row }
        }),
      })
    },
  }
}

const PARTS = {
  mined: 0n,
  validated: 0n,
  staked: 0n,
  ownerCut: 0n,
  unexplained: 0n,
  feeAlpha: 0n,
  feeTao: 0n,
  flowsIn: 0n,
}

/** A staker's epochs, one every 72 minutes, newest first; invented, and each adds up unless it says otherwise. */
function stakerRows(
  epochs: number,
  change: (row: EpochRow, index: number) => EpochRow = (row) => row,
): readonly EpochRow[] {
  const now = Date.now()
  let stake = 6_085_000_000_000n
  const oldestFirst = Array.from({ length: epochs }, (_, index) => {
    const earned = 119_900_000n + BigInt((index * 7_919) % 90_001)
    const price = 24_183_920n + BigInt((index * 104_729) % 3_000_000) - BigInt(index * 40)
    const row: EpochRow = {
      genesis: '0x00',
      coldkey: COLDKEY,
      hotkey: HOTKEY,
      netuid: netuid(1),
      epochBlock: BLOCK - (epochs - 1 - index) * 360,
      stakeBefore: alpha(stake),
      stakeAfter: alpha(stake + earned),
      flows: 0n,
      earned,
      price: raoPerAlpha(price),
      earnedTao: rao((earned * price) / 1_000_000_000n),
      source: 'staked',
      epochs: 1,
      atMs: now - (epochs - 1 - index) * 4_320_000,
      via: 'events',
      parts: { ...PARTS, staked: earned, fromBlock: BLOCK - (epochs - index) * 360 },
    }
    stake += earned
    return change(row, index)
  })
  return oldestFirst.toReversed()
}

/** One epoch, a year, and a week with gaps and red rows. */
export const oneEpoch: Answers = answersOf(stakerRows(1))
export const aYear: Answers = answersOf(
  [
    ...stakerRows(7_000),
    ...stakerRows(400).map((row) => ({
      ...row,
      netuid: netuid(64),
      source: 'mined' as const,
      parts: row.parts && { ...row.parts, staked: 0n, mined: row.earned },
    })),
  ].toSorted((a, b) => b.atMs - a.atMs),
)

const GAPS = [{ account: COLDKEY, fromBlock: BLOCK - 40 * 360, throughBlock: BLOCK - 30 * 360 }]
export const gapsAndRed: Answers = answersOf(
  stakerRows(90, (row, index) => {
    const { parts } = row
    if (!parts) return row
    if (index === 86)
      return { ...row, stakeAfter: alpha(row.stakeAfter - 3_118_204n), parts: { ...parts, unexplained: -3_118_204n } }
    // Red rows whose cause is known: the whole stake that another hotkey took along, and a rest that was too small to stay.
    if (index === 85)
      return {
        ...row,
        ...{ earned: 0n, earnedTao: rao(0n), epochs: 0, stakeAfter: alpha(0n) },
        parts: { ...parts, staked: 0n, unexplained: -row.stakeBefore, cause: 'hotkey-swap' },
      }
    if (index === 84) return { ...row, parts: { ...parts, unexplained: -118_204n, cause: 'dust' } }
    if (index === 83) return { ...row, parts: { ...parts, unexplained: 2n, cause: 'rounding' } }
    if (index === 81)
      return {
        ...row,
        flows: 118_204_117_320n,
        parts: { ...parts, feeAlpha: 1_204_000n, feeTao: 1_404_237n, flowsIn: 118_204_117_320n },
      }
    if (index === 79)
      return {
        ...row,
        parts: { ...parts, staked: 0n, mined: 0n, elsewhere: { alpha: row.earned, hotkey: COLDKEY } },
        earned: 0n,
        earnedTao: rao(0n),
      }
    if (index === 77) {
      const { price: _price, earnedTao: _worth, ...rest } = row
      return rest
    }
    if (index === 75) return { ...row, via: 'archive' as const, parts: undefined }
    return row
  }).filter(({ epochBlock }) => epochBlock <= BLOCK - 40 * 360 || epochBlock > BLOCK - 30 * 360),
  GAPS,
)

/** The largest amounts, a name of an attacker, nothing known of a price. */
export const extremeEarnings: Answers = answersOf([
  {
    genesis: '0x00',
    coldkey: COLDKEY,
    hotkey: HOTKEY,
    netuid: netuid(121),
    epochBlock: BLOCK - 100,
    stakeBefore: alpha(U64_MAX),
    stakeAfter: alpha(U64_MAX),
    flows: -(1n << 64n),
    earned: -3_118_204n,
    source: 'staked',
    epochs: 3,
    atMs: Date.now() - DAY,
  },
])
