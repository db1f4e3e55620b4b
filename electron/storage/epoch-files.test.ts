import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { EpochRow } from '../../shared/earnings/epoch-row.ts'
import type { EpochFileAsk } from '../../shared/earnings/epochs-file.ts'
import { alpha, netuid, rao, raoPerAlpha, ss58 } from '../../shared/units/amounts.ts'
import { readCsv } from '../../test/support/read-csv.ts'
import { nodeSpawn } from '../system/node-spawn.ts'
import { ledgerFiles } from './ledger-files.ts'
import { sqliteStorage } from './sqlite-storage.ts'

const ALICE = ss58('5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY')
const BOB = ss58('5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty')
const row = (over: Partial<EpochRow>): EpochRow => ({
  genesis: '0x01',
  coldkey: ALICE,
  hotkey: BOB,
  netuid: netuid(2),
  epochBlock: 40,
  stakeBefore: alpha(100n),
  stakeAfter: alpha(135n),
  flows: 20n,
  earned: 15n,
  price: raoPerAlpha(500_000_000n),
  earnedTao: rao(7n),
  source: 'mined',
  uid: 3,
  epochs: 1,
  atMs: Date.UTC(2026, 10, 22, 12),
  via: 'events',
  parts: {
    fromBlock: 20,
    mined: 10n,
    validated: 5n,
    staked: 0n,
    ownerCut: 0n,
    unexplained: 0n,
    feeAlpha: 1n,
    feeTao: 2n,
    flowsIn: 25n,
  },
  ...over,
})
const ROWS = [
  row({}),
  row({
    epochBlock: 60,
    stakeBefore: alpha(900n),
    stakeAfter: alpha(910n),
    flows: 0n,
    earned: 7n,
    parts: { ...PARTS(), fromBlock: 55, unexplained: 3n },
  }),
  row({
    epochBlock: 60,
    coldkey: BOB,
    parts: undefined,
    price: undefined,
    earnedTao: undefined,
    via: undefined,
    uid: undefined,
  }),
  row({ epochBlock: 80, netuid: netuid(3), atMs: Date.UTC(2026, 10, 23) }),
]
function PARTS() {
  return { mined: 7n, validated: 0n, staked: 0n, ownerCut: 0n, feeAlpha: 0n, feeTao: 0n, flowsIn: 0n }
}

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'taoforge-epochs-'))
  const storage = sqliteStorage(folder)
  const gap = { fromBlock: 41, throughBlock: 55, marks: [] }
  storage.bookEpochs({
    genesis: '0x01',
    coldkey: ALICE,
    rows: ROWS.filter(({ coldkey }) => coldkey === ALICE),
    marks: [],
    throughBlock: 90,
    gap,
  })
  storage.bookEpochs({
    genesis: '0x01',
    coldkey: BOB,
    rows: ROWS.filter(({ coldkey }) => coldkey === BOB),
    marks: [],
    throughBlock: 90,
  })
  storage.close()
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function fileOf(over: Partial<EpochFileAsk>) {
  let text = ''
  const put = async (more: string) => {
    text += more
  }
  const walletNames = new Map([[ALICE, '=SUM(A1)']])
  const subnetNames = new Map([[2, 'ä, "b"']])
  const ask = {
    what: 'epochs',
    format: 'csv',
    genesis: '0x01',
    accounts: [ALICE, BOB],
    walletNames,
    subnetNames,
    ...over,
  } as const
  const made = await ledgerFiles({ spawn: nodeSpawn, dataFolder: folder }).stream(ask, { put })
  return { made, text }
}

test('a line for each epoch, oldest first, with gaps between; parts make the change, to the unit', async () => {
  const { made, text } = await fileOf({})
  const [head = [], ...lines] = readCsv(text.slice(1))
  const read = lines.map((cells) => Object.fromEntries(head.map((name, index) => [name, cells[index] ?? ''])))
  expect(made).toEqual({ ok: true, value: 5 })
  expect(read.map((line) => [line['line'], line['block'], line['status'], line['after_gap']])).toEqual([
    ['epoch', '40', 'explained', 'no'],
    ['gap', '55', '', ''],
    ['epoch', '60', 'red', 'yes'],
    ['epoch', '60', 'not-looked-at', 'no'],
    ['epoch', '80', 'explained', 'no'],
  ])
  expect(read[0]).toMatchObject({
    time_utc: '2026-11-22 12:00:00',
    wallet: "'=SUM(A1)",
    subnet: 'ä, "b"',
    flows_in: '0.000000025',
    flows_out_rao: '5',
    mined_rao: '10',
    worth_rao: '7',
    price: '0.500000000',
    fee_tao_rao: '2',
    source: 'events',
  })
  expect(read[3]).toMatchObject({
    price: 'unknown',
    worth_rao: 'unknown',
    flows_in: 'unknown',
    source: 'unknown',
    uid: '',
    not_told_rao: '15',
  })
  for (const line of read.filter((one) => one['line'] === 'epoch')) {
    const of = (name: string) => BigInt(line[`${name}_rao`] ?? 'x')
    expect(of('stake_after') - of('stake_before')).toBe(of('flows') + of('earned') + of('unexplained'))
    const kinds = ['mined', 'validated', 'staked', 'root', 'owner_cut', 'not_told'].map(of)
    expect(kinds.reduce((all, one) => all + one, 0n)).toBe(of('earned'))
  }
})

test('JSON has the same lines, and a filter narrows them', async () => {
  const { made, text } = await fileOf({
    format: 'json',
    toMs: Date.UTC(2026, 10, 23),
    netuid: netuid(2),
    accounts: [ALICE],
  })
  const { format, genesis, lines } = JSON.parse(text)
  expect(made).toEqual({ ok: true, value: 3 })
  expect([format, genesis]).toEqual(['taoforge-epochs-1', '0x01'])
  expect(lines.map((line: { line: string }) => line.line)).toEqual(['epoch', 'gap', 'epoch'])
  expect(lines[0]).toMatchObject({ block: 40, stake_after: '0.000000135', stake_after_rao: '135' })
  expect(JSON.parse((await fileOf({ format: 'json', accounts: [] })).text).lines).toEqual([])
})
