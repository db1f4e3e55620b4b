import type { MultisigAccount } from '../../../shared/accounts/multisig.ts'
import type { WalletView } from '../../../shared/contract/wallet.contract.ts'
import { useActing } from '../../bridge/use-acting.ts'
import { useChain } from '../../bridge/use-chain.ts'
import { useCommand } from '../../bridge/use-command.ts'
import { useQuestion } from '../../bridge/use-question.ts'
import { hrefOf, type Route } from '../../format/route.ts'
import { Amount, TAO } from '../../ui/amount.tsx'
import { Button } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { GroupedAddress } from '../../ui/grouped-address.tsx'
import { KnownAsContext } from '../../ui/known-as-context.ts'
import { ErrorNote, Note } from '../../ui/note.tsx'
import { Loading } from '../../ui/states.tsx'
import { OperationRow } from './operation-row.tsx'

export interface AccountRowProps {
  readonly account: MultisigAccount
  readonly wallet: WalletView
}
/** A practice chain may make blocks faster than anybody reads, ms. */
const LEAST_MS = 2_000
const NAMELESS: ReadonlyMap<string, string> = new Map()

export function AccountRow({ account, wallet }: AccountRowProps) {
  const { blockMs } = useChain()
  const view = useQuestion(
    'multisig.view',
    { address: account.address },
    { freshForMs: 0, everyMs: Math.max(LEAST_MS, blockMs) },
  )
  const forget = useCommand('multisig.remove')
  const { address, name, threshold, members } = account
  const isMember = members.includes(wallet.address)
  const facts = view.state === 'ready' ? view.value : undefined
  return (
    <li className="shared-row" aria-label={name}>
      <div className="row wrap">
        <h2 className="clip">
          <bdi>{name}</bdi>
        </h2>
        <Chip>
          {threshold} of {members.length} approve
        </Chip>
        {!isMember && <Chip kind="warn">this wallet is no member</Chip>}
        <span className="end">
          {facts ? <Amount value={facts.free} unit={TAO} /> : <Amount value={undefined} unit={TAO} />}{' '}
          <span className="soft">free</span>
        </span>
      </div>
      <KnownAsContext value={NAMELESS}>
        <GroupedAddress address={address} />
      </KnownAsContext>
      <details>
        <summary>Members</summary>
        <ul className="members">
          {members.map((member) => (
            <li key={member}>
              <GroupedAddress address={member} />
            </li>
          ))}
        </ul>
      </details>
      <div className="row wrap">
        {isMember && <Propose account={account} />}
        <Button kind="quiet" label={`Forget ${name}`} onPress={() => void forget.send({ address })}>
          Forget
        </Button>
      </div>
      {isMember && facts?.free === 0n && <Funding />}
      {view.state === 'loading' && <Loading awaits="its balance and open operations" rows={2} />}
      {view.state === 'failed' && <ErrorNote error={view.error} />}
      {facts && <Operations view={facts} again={view.again} />}
    </li>
  )
}

function Operations(props: { readonly view: Parameters<typeof OperationRow>[0]['view']; readonly again: () => void }) {
  const { view, again } = props
  if (view.operations.length === 0) return <p className="soft">No operation waits for approvals.</p>
  return (
    <section aria-label={`Open operations of ${view.account.name}`}>
      <h3>Waiting for approvals</h3>
      <ul>
        {view.operations.map((operation) => (
          <OperationRow key={operation.callHash} view={view} operation={operation} again={again} />
        ))}
      </ul>
    </section>
  )
}

/** Proposing is acting for the account: the same forms, with its balance and its positions. */
function Propose({ account }: { readonly account: MultisigAccount }) {
  const { choose } = useActing()
  const go = (route: Route) => () => {
    choose(account.address)
    location.hash = hrefOf(route)
  }
  return (
    <>
      <Button label={`Propose sending from ${account.name}`} onPress={go({ view: 'send' })}>
        Propose sending
      </Button>
      <Button label={`Propose a stake from ${account.name}`} onPress={go({ view: 'subnets' })}>
        Propose a stake
      </Button>
      <Button label={`Its portfolio: ${account.name}`} onPress={go({ view: 'portfolio' })}>
        Its portfolio
      </Button>
    </>
  )
}

function Funding() {
  return (
    <Note title="It holds nothing yet.">
      <p>
        Send TAO to the address above. Members pay the network fees of what they sign from their own wallets, and
        whoever proposes leaves a deposit, which comes back when the operation ends.
      </p>
    </Note>
  )
}
