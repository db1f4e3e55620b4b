import { valueIn } from '../../bridge/loadable.ts'
import { useChain } from '../../bridge/use-chain.ts'
import { useSubscription } from '../../bridge/use-subscription.ts'
import { CopyAddress } from '../../ui/copy-address.tsx'
import { GroupedAddress } from '../../ui/grouped-address.tsx'
import { Head } from '../../ui/head.tsx'
import { Note } from '../../ui/note.tsx'
import { QrCode } from '../../ui/qr-code.tsx'

/** On the practice network the code is no address: a wallet that scans it must not be able to pay real TAO to it. */
const codeOf = (address: string, play: boolean): string => (play ? `play-money-only:${address}` : address)

export function ReceiveView() {
  const wallet = valueIn(useSubscription('wallet.state'))?.active
  const { play, status } = useChain()
  if (!wallet) return <Head title="Receive" />
  return (
    <>
      <Head title="Receive" age={<span className="age">{status?.label ?? 'unknown network'}</span>} />
      <div className="pad receive">
        <QrCode
          text={codeOf(wallet.address, play)}
          label={
            play ? 'QR code of a practice address. It cannot be paid.' : `QR code of the address of ${wallet.name}`
          }
        />
        <div className="grid gap-4">
          {play && (
            <Note kind="play" title="Play money only.">
              <p>
                This account exists on the practice network of this computer. Real TAO that is sent to this address from
                elsewhere does not arrive here.
              </p>
            </Note>
          )}
          <div className="grid gap-2">
            <h2>
              Address of <bdi>{wallet.name}</bdi>
            </h2>
            <GroupedAddress address={wallet.address} />
            <p className="soft small">
              Whoever pays compares all twelve groups with these. The first and the last alone prove nothing.
            </p>
          </div>
          <CopyAddress address={wallet.address} />
          {!play && (
            <p className="soft">
              Only TAO of {status?.label ?? 'this network'} may be sent here. Stake of subnets is moved within the
              chain, not paid to an address.
            </p>
          )}
        </div>
      </div>
    </>
  )
}
