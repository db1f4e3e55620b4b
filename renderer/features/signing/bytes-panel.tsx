import type { DecodedArgument, Prepared } from '../../../shared/transactions/transaction.ts'
import { useDirectory } from '../../bridge/use-directory.ts'
import { addressGroups } from '../../format/address.ts'
import { Amount, alphaOf, Num, TAO } from '../../ui/amount.tsx'

/** Value of an argument as the chain spells it, and as an amount where it is one. */
function ArgumentValue({
  argument,
  netuid,
}: {
  readonly argument: DecodedArgument
  readonly netuid: number | undefined
}) {
  const symbol = useDirectory().get(netuid ?? 0)?.symbol
  const isWhole = /^\d+$/.test(argument.value)
  if (argument.unit && isWhole)
    return (
      <>
        <Amount value={BigInt(argument.value)} unit={argument.unit === 'alpha' ? alphaOf(netuid ?? 0, symbol) : TAO} />
        {argument.unit === 'TAO per alpha' && <span className="mute"> for one alpha</span>}
      </>
    )
  if (/^5[1-9A-HJ-NP-Za-km-z]{47}$/.test(argument.value))
    return <span className="mono break">{addressGroups(argument.value).join(' ')}</span>
  return <span className="mono break">{argument.value}</span>
}

const bytePairs = (hex: string): readonly string[] => hex.replace(/^0x/, '').match(/.{2}/g) ?? []

/** All that is in the bytes: call, arguments, network, nonce, and the bytes themselves. */
export function BytesPanel({ prepared }: { readonly prepared: Prepared }) {
  const { decoded } = prepared
  const { plan } = prepared
  const netuid = 'request' in plan && 'netuid' in plan.request ? plan.request.netuid : undefined
  const bytes = bytePairs(decoded.payloadHex)
  return (
    <section className="grid gap-2" aria-label="What the bytes say">
      <div className="row wrap">
        <h3>What the {bytes.length} bytes say</h3>
        <span className="mono soft break">{decoded.call}</span>
      </div>
      <table className="tbl plain">
        <caption className="vh">Arguments of the call, decoded from the bytes</caption>
        <thead>
          <tr>
            <th scope="col">Argument</th>
            <th scope="col">Type</th>
            <th scope="col">Value</th>
          </tr>
        </thead>
        <tbody>
          {decoded.args.map((argument) => (
            <tr key={argument.name}>
              <td className="mono">{argument.name}</td>
              <td className="mono mute">{argument.type}</td>
              <td className="wrapcell">
                <ArgumentValue argument={argument} netuid={netuid} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="soft small">
        Nonce <Num value={decoded.nonce} />, tip{' '}
        {decoded.tip === '0' ? 'none' : <Amount value={BigInt(decoded.tip)} unit={TAO} />},{' '}
        {decoded.validUntilBlock === undefined ? 'valid for ever' : `valid up to block ${decoded.validUntilBlock}`},
        runtime {decoded.specVersion}. {decoded.docs}
      </p>
      <details>
        <summary>The bytes</summary>
        <code className="bytes">{bytes.join(' ')}</code>
      </details>
    </section>
  )
}
