import { UsersRound } from 'lucide-react'
import type { ActingAccount } from '../../shared/accounts/acting.ts'
import { shortAddress } from '../format/address.ts'
import { Button } from './button.tsx'
import { Identicon } from './identicon.tsx'
import { useKnownAs } from './known-as-context.ts'

export const kindOfActing = (account: ActingAccount): string =>
  account.kind === 'proxy' ? 'as its proxy' : `shared, ${account.threshold} of ${account.members.length}`

/** Its own name, that of the address book, or its ends. */
export function ActingName({ account }: { readonly account: ActingAccount }) {
  const known = useKnownAs(account.address)
  const name = account.kind === 'multisig' ? account.name : known
  return name === undefined ? <span className="mono">{shortAddress(account.address)}</span> : <bdi>{name}</bdi>
}

export interface ActingBandProps {
  readonly account: ActingAccount
  /** Name of the wallet that signs. */
  readonly wallet: string
  readonly onStop: () => void
}

/** At the head of every view while the wallet acts for another account: whose numbers these are, and who signs. */
export function ActingBand({ account, wallet, onStop }: ActingBandProps) {
  return (
    <section className="acting" aria-label="Acting for another account">
      <Identicon address={account.address} size={32} />
      <div className="grow min-w-0">
        <p className="row wrap">
          <UsersRound className="ic s" />
          <span>
            Acting for{' '}
            <b className="strong">
              <ActingName account={account} />
            </b>
            , {kindOfActing(account)}
          </span>
          <span className="mono small" title={account.address}>
            {shortAddress(account.address)}
          </span>
        </p>
        <p className="small">
          Portfolio, stakes, sending and places are this account’s. <bdi>{wallet}</bdi> signs and pays the network fees;
          earnings, activity and mining stay its own.
        </p>
      </div>
      <Button onPress={onStop}>
        Act for <bdi>{wallet}</bdi> again
      </Button>
    </section>
  )
}
