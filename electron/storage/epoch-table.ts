import type { EpochRow } from '../../shared/earnings/epoch-row.ts'
import { alpha, netuid, rao, raoPerAlpha, ss58 } from '../../shared/units/amounts.ts'
import { partsFromText, partsToText, viaFrom } from './epoch-columns.ts'
import type { Row } from './ledger-rows.ts'

const text = (value: string | number | null | undefined): string => String(value ?? '')
const whole = (value: string | number | null | undefined): number => Number(value ?? 0)

export const epochRowOf = (r: Row): EpochRow => ({
  genesis: text(r['genesis']),
  coldkey: ss58(text(r['coldkey'])),
  hotkey: ss58(text(r['hotkey'])),
  netuid: netuid(whole(r['netuid'])),
  epochBlock: whole(r['epoch_block']),
  stakeBefore: alpha(BigInt(text(r['stake_before']))),
  stakeAfter: alpha(BigInt(text(r['stake_after']))),
  flows: BigInt(text(r['flows'])),
  earned: BigInt(text(r['earned'])),
  ...(r['price'] == null ? {} : { price: raoPerAlpha(BigInt(text(r['price']))) }),
  ...(r['earned_tao'] == null ? {} : { earnedTao: rao(BigInt(text(r['earned_tao']))) }),
  source: r['source'] === 'mined' ? 'mined' : 'staked',
  ...(r['uid'] == null ? {} : { uid: whole(r['uid']) }),
  epochs: whole(r['epochs']),
  atMs: whole(r['at_ms']),
  ...(r['parts'] == null ? {} : { parts: partsFromText(r['parts']) }),
  ...(r['via'] == null ? {} : { via: viaFrom(r['via']) }),
})

export const epochParams = (row: EpochRow) => ({
  ...row,
  stakeBefore: row.stakeBefore.toString(),
  stakeAfter: row.stakeAfter.toString(),
  flows: row.flows.toString(),
  earned: row.earned.toString(),
  price: row.price?.toString() ?? null,
  earnedTao: row.earnedTao?.toString() ?? null,
  uid: row.uid ?? null,
  parts: partsToText(row.parts),
  via: row.via ?? null,
})

export const INSERT_EPOCH = `insert or ignore into epoch_rows (genesis, coldkey, hotkey, netuid, epoch_block, stake_before,
  stake_after, flows, earned, price, earned_tao, source, uid, epochs, at_ms, parts, via) values (@genesis, @coldkey, @hotkey,
  @netuid, @epochBlock, @stakeBefore, @stakeAfter, @flows, @earned, @price, @earnedTao, @source, @uid, @epochs, @atMs, @parts,
  @via)`
