import type { ValidatorTableView } from '../../../shared/contract/markets.contract.ts'
import { validatorFlags } from '../../../shared/subnets/validator-table.ts'
import { useChain } from '../../bridge/use-chain.ts'
import { cleanName, cleanText } from '../../format/hostile-text.ts'
import { hrefOf } from '../../format/route.ts'
import { FullAddress } from '../../ui/address.tsx'
import { Amount, alphaOf, Num, TAO } from '../../ui/amount.tsx'
import { Drawer } from '../../ui/drawer.tsx'
import { StrangersWords } from '../../ui/strangers-words.tsx'
import { EpochYield, Flags, LastUpdate, type Row, Take, YearYield } from './validator-cells.tsx'

export interface ValidatorDrawerProps {
  readonly row: Row
  readonly table: ValidatorTableView
  readonly symbol: string | undefined
  readonly onClose: () => void
}

/** All of one validator: both addresses in full, and what it says of itself. */
export function ValidatorDrawer({ row, table, symbol, onClose }: ValidatorDrawerProps) {
  const { blockMs } = useChain()
  const unit = alphaOf(table.netuid, symbol)
  const name = cleanName(row.identity?.name ?? '')
  const said = (
    [
      ['Says of itself', row.identity?.description],
      ['Page', row.identity?.url],
      ['Code', row.identity?.github],
      ['Discord', row.identity?.discord],
    ] as const
  )
    .map(([label, text]) => [label, cleanText(text ?? '')] as const)
    .filter(([, text]) => text !== '')
  return (
    <Drawer
      title={<bdi className="clip">{name === '' ? `Validator ${row.uid}` : name}</bdi>}
      footer={
        <a className="btn pri w-full" href={hrefOf({ view: 'subnets', stakeTo: table.netuid })}>
          Stake on this subnet
        </a>
      }
      onClose={onClose}
    >
      {validatorFlags(row, table).length > 0 && (
        <div className="row chips wrap">
          <Flags row={row} table={table} />
        </div>
      )}
      <div>
        <div className="lbl">Hotkey, uid {row.uid}</div>
        <FullAddress address={row.hotkey} twoLines />
      </div>
      <div>
        <div className="lbl">Its coldkey</div>
        <FullAddress address={row.ownerColdkey} twoLines />
      </div>
      <dl className="kv">
        <dt>Take</dt>
        <dd>
          <Take row={row} />
        </dd>
        <dt>Staked to it</dt>
        <dd>
          <Amount value={row.stake} unit={unit} />
        </dd>
        <dt>Of this by its own coldkey</dt>
        <dd>
          <Amount value={row.ownStake} unit={unit} why="This network does not tell" />
        </dd>
        <dt>Weight of its root stake</dt>
        <dd>
          <Amount value={row.rootWeight} unit={TAO} />
        </dd>
        <dt>Last epoch, to its stakers</dt>
        <dd>
          <Amount value={row.dividends} unit={unit} why="This network does not tell" />
        </dd>
        <dt>Staked to it then</dt>
        <dd>
          <Amount value={row.stakeLastEpoch} unit={unit} why="This network does not tell" />
        </dd>
        <dt>Yield of that epoch</dt>
        <dd>
          <EpochYield row={row} table={table} />
        </dd>
        <dt>In a year, from recorded epochs</dt>
        <dd>
          <YearYield row={row} table={table} />
        </dd>
        <dt>Set weights</dt>
        <dd>
          <LastUpdate row={row} table={table} blockMs={blockMs} />
        </dd>
        <dt>Has its place since block</dt>
        <dd>
          <Num value={row.registeredAt} />
        </dd>
      </dl>
      <StrangersWords said={said} />
    </Drawer>
  )
}
