import { useState } from 'react'
import type { ProxyView } from '../../../shared/accounts/views.ts'
import { useChain } from '../../bridge/use-chain.ts'
import { useCommand } from '../../bridge/use-command.ts'
import { useQuestion } from '../../bridge/use-question.ts'
import { Button } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { GroupedAddress } from '../../ui/grouped-address.tsx'
import { ErrorNote } from '../../ui/note.tsx'
import { AddressEntry, useCheckedAddress } from './address-entry.tsx'
import { type PartProps, TakeUp } from './daily-account.tsx'
import { GrantRule } from './grant-rule.tsx'
import { OwnAnnouncements } from './own-announcements.tsx'
import { writeDelay } from './proxy-words.ts'

/** Accounts that the shown wallet may act for, as their proxy. */
export function ActingFor({ view, again }: PartProps) {
  const [text, setText] = useState('')
  const checked = useCheckedAddress(text)
  const account = checked.lacks ? undefined : checked.report?.address
  return (
    <section aria-labelledby="acting">
      <h2 id="acting">Accounts that this wallet acts for</h2>
      <p className="soft">
        {view.actingFor.length === 0
          ? 'None. A permission is given by the other account.'
          : 'Choose one beside the name of the wallet: what you stake, unstake or register is then done in its name.'}
      </p>
      <ul>
        {view.actingFor.map((real) => (
          <li key={real} className="grant">
            <Acting real={real} view={view} again={again} />
          </li>
        ))}
      </ul>
      <OwnAnnouncements view={view} />
      <details>
        <summary>Add an account that granted this wallet a permission</summary>
        <div className="grid gap-3">
          <AddressEntry
            label="Account to act for"
            text={text}
            onType={setText}
            checked={checked}
            except={view.facts.account}
          />
          <TakeUp cold={account} lacks={checked.lacks} again={again} />
        </div>
      </details>
    </section>
  )
}

interface ActingProps extends PartProps {
  readonly real: ProxyView['facts']['account']
}
function Acting({ real, view, again }: ActingProps) {
  const { blockMs } = useChain()
  const theirs = useQuestion('proxy.view', { account: real }, { freshForMs: 1_000, everyMs: Math.max(4_000, blockMs) })
  const stop = useCommand('proxy.stopActingFor')
  const grants =
    theirs.state === 'ready'
      ? theirs.value.facts.grants.filter(({ delegate }) => delegate === view.facts.account)
      : undefined
  const forget = async () => {
    const done = await stop.send({ account: real })
    if (done.ok) again()
  }
  return (
    <>
      <div>
        <GroupedAddress address={real} />
        {grants?.length === 0 && <Chip kind="warn">the permission was taken back</Chip>}
        {grants?.map(({ proxyType, delay }) => (
          <div key={`${proxyType} ${delay}`} className="grid gap-1">
            <span>
              <b className="strong">{proxyType}</b>, {writeDelay(delay, blockMs)}
            </span>
            <GrantRule proxyType={proxyType} rules={view.rules} />
          </div>
        ))}
        {theirs.state === 'failed' && <ErrorNote error={theirs.error} />}
      </div>
      <Button kind="quiet" label={`Forget ${real}`} onPress={() => void forget()}>
        Forget
      </Button>
    </>
  )
}
