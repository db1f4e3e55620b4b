import { Search } from 'lucide-react'
import { useMemo, useState } from 'react'
import type { ValidatorTableView } from '../../../shared/contract/markets.contract.ts'
import { netuid as asNetuid, type Ss58 } from '../../../shared/units/amounts.ts'
import { valueIn } from '../../bridge/loadable.ts'
import { useShownPortfolio } from '../../bridge/use-acting.ts'
import { useChain } from '../../bridge/use-chain.ts'
import { useDirectory } from '../../bridge/use-directory.ts'
import { useQuestion } from '../../bridge/use-question.ts'
import { cleanName } from '../../format/hostile-text.ts'
import { hrefOf } from '../../format/route.ts'
import { FullAddress } from '../../ui/address.tsx'
import { Field } from '../../ui/field.tsx'
import { Head } from '../../ui/head.tsx'
import { Note } from '../../ui/note.tsx'
import { Age, Empty, Failed, Loading } from '../../ui/states.tsx'
import { SubnetName } from '../../ui/subnet-name.tsx'
import type { Row } from './validator-cells.tsx'
import { ValidatorDrawer } from './validator-drawer.tsx'
import { ValidatorsTable } from './validators-table.tsx'

/** Two requests; validators change with each epoch, not with each block. */
const AGAIN_MS = 60_000

function matches(row: Row, text: string): boolean {
  const wanted = text.trim().toLocaleLowerCase('en')
  if (wanted === '') return true
  const name = cleanName(row.identity?.name ?? '').toLocaleLowerCase('en')
  return String(row.uid) === wanted || name.includes(wanted) || row.hotkey === text.trim()
}

/** Everyone with a permit on one subnet. */
export function ValidatorsView({ netuid }: { readonly netuid: number }) {
  const chain = useChain()
  const subnet = useDirectory().get(netuid)
  const answer = useQuestion(
    'market.validators',
    { netuid: asNetuid(netuid) },
    { freshForMs: AGAIN_MS, everyMs: AGAIN_MS },
  )
  const [text, setText] = useState('')
  const [open, setOpen] = useState<Ss58>()
  const table = answer.state === 'ready' ? answer.value : undefined
  const rows = useMemo(() => table?.rows.filter((row) => matches(row, text)) ?? [], [table, text])
  const chosen = table?.rows.find((row) => row.hotkey === open)
  return (
    <>
      <Head
        title={
          <span className="row">
            Validators of <SubnetName inline netuid={netuid} name={subnet?.name} symbol={subnet?.symbol} />
          </span>
        }
        age={<Age block={table?.block} stale={chain.stale} />}
      >
        {table && (
          <span className="soft" aria-live="polite">
            {rows.length} of {table.rows.length}
          </span>
        )}
        <a className="btn" href={hrefOf({ view: 'subnets', detail: netuid })}>
          The subnet
        </a>
      </Head>
      {answer.state === 'loading' && <Loading awaits="its validators" rows={8} />}
      {answer.state === 'failed' && <Failed error={answer.error} again={answer.again} />}
      {table && (
        <>
          <div className="pad row tools">
            <div className="grow">
              <Field
                label="Search by uid, name or address"
                hideLabel
                placeholder="Uid, name or address"
                type="search"
                icon={<Search className="ic s" />}
                value={text}
                onType={setText}
              />
            </div>
          </div>
          <Unregistered table={table} />
          {rows.length === 0 ? (
            <Empty title={table.rows.length === 0 ? 'Nobody validates here' : 'No validator fits'}>
              <p className="soft">
                {table.rows.length === 0 ? 'No hotkey of this subnet has a permit.' : 'Change the words.'}
              </p>
            </Empty>
          ) : (
            <ValidatorsTable
              table={table}
              rows={rows}
              symbol={subnet?.symbol}
              stale={chain.stale}
              selected={chosen && String(chosen.uid)}
              onOpen={(row) => setOpen(row.hotkey)}
            />
          )}
          <HowYield root={netuid === 0} />
        </>
      )}
      {table && chosen && (
        <ValidatorDrawer
          key={chosen.hotkey}
          row={chosen}
          table={table}
          symbol={subnet?.symbol}
          onClose={() => setOpen(undefined)}
        />
      )}
    </>
  )
}

/** Own stake with a hotkey that has no place here earns nothing, and no table of validators would show it. */
function Unregistered({ table }: { readonly table: ValidatorTableView }) {
  const portfolio = valueIn(useShownPortfolio())
  const lost = (portfolio?.positions ?? []).filter(
    (position) => position.netuid === table.netuid && !position.registered && table.netuid !== 0,
  )
  if (lost.length === 0) return null
  return (
    <div className="pad">
      <Note kind="warn" title="You hold stake here with a hotkey that is not registered.">
        <p>It earns nothing until the hotkey has a place on this subnet, or you move the stake.</p>
        {lost.map(({ hotkey }) => (
          <FullAddress key={hotkey} address={hotkey} twoLines />
        ))}
      </Note>
    </div>
  )
}

function HowYield({ root }: { readonly root: boolean }) {
  if (root)
    return (
      <p className="pad mute small">
        Stake on root is paid by the epochs of all subnets, in their alpha. A yield of root cannot be told from one
        table.
      </p>
    )
  return (
    <p className="pad mute small">
      Yield of an epoch = alpha that it brought to those who stake, after the take ÷ alpha that was staked then. Yield
      of a year = alpha of all epochs that were recorded here ÷ alpha staked in them, together × epochs of a year, not
      reinvested; unknown before a day of epochs was recorded. Epochs are recorded while the app runs, of subnets where
      you have stake, that you marked with a star, or whose table is open. The price of alpha is not in it, and the next
      epochs may pay something else.
    </p>
  )
}
