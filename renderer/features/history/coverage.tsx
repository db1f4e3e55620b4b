import { useState } from 'react'
import type { LedgerStatus } from '../../../shared/contract/ledger.contract.ts'
import type { Ss58 } from '../../../shared/units/amounts.ts'
import { valueIn } from '../../bridge/loadable.ts'
import { useCommand } from '../../bridge/use-command.ts'
import { useSubscription } from '../../bridge/use-subscription.ts'
import { Num } from '../../ui/amount.tsx'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { ErrorNote, Note } from '../../ui/note.tsx'

interface CoverageProps {
  readonly status: LedgerStatus
  readonly nameOf: (account: string) => string
}

/** From which block on the record is whole, and where it is not. */
export function Coverage({ status, nameOf }: CoverageProps) {
  const fill = useCommand('ledger.fill')
  const stop = useCommand('ledger.stopFilling')
  const settings = valueIn(useSubscription('settings.watch'))
  const change = useCommand('settings.change')
  const [typed, setArchive] = useState<string>()
  const archive = typed ?? settings?.archive ?? ''
  const withGaps = status.accounts.filter(({ gaps }) => gaps.length > 0)
  const start = async (account: Ss58) => {
    const named = archive.trim()
    const answer = await fill.send({ account, ...(named === '' ? {} : { archive: named }) })
    if (answer.ok && named !== '') void change.send({ archive: named })
  }
  return (
    <>
      {status.contradicted !== undefined && (
        <ErrorNote error={{ code: 'ledger/other-history', block: status.contradicted }} />
      )}
      {status.filling && (
        <Note title={`A gap of ${nameOf(status.filling.account)} is being filled.`}>
          <p>
            Block <Num value={status.filling.at} /> of <Num value={status.filling.from} /> to{' '}
            <Num value={status.filling.to} />. Everything else goes first, so this may take a while.
          </p>
          <div className="row">
            <Button onPress={() => void stop.send({})}>Stop</Button>
          </div>
        </Note>
      )}
      {status.stopped && <ErrorNote error={status.stopped} />}
      {fill.error && <ErrorNote error={fill.error} />}
      {!status.filling && withGaps.length > 0 && (
        <Note kind="warn" title="Blocks are missing.">
          <p>
            While the app was off, the node forgot them. What happened there is not listed, and stake that came there
            has an unknown cost. A node that keeps all state (an archive) can still tell, epoch by epoch.
          </p>
          <Field
            label="Archive node (empty: the connected node)"
            value={archive}
            onType={setArchive}
            placeholder="wss://archive.chain.opentensor.ai:443"
            mono
          />
          <ul className="grid gap-2 mt-2">
            {withGaps.map(({ account, gaps }) => (
              <li key={account} className="rowline">
                <bdi>{nameOf(account)}</bdi>
                <span>
                  {gaps.map(({ from, to }) => (
                    <span key={from} className="nowrap">
                      block <Num value={from} /> to <Num value={to} />{' '}
                    </span>
                  ))}
                </span>
                <Button onPress={() => void start(account)}>Fill the gaps</Button>
              </li>
            ))}
          </ul>
        </Note>
      )}
    </>
  )
}
