import type { ReadCall, SignerReading } from '../../../shared/signing/reading.ts'
import type { DecodedArgument, Prepared } from '../../../shared/transactions/transaction.ts'
import { useDirectory } from '../../bridge/use-directory.ts'
import { addressGroups } from '../../format/address.ts'
import { Amount, alphaOf, Num, TAO } from '../../ui/amount.tsx'

interface ValueProps {
  readonly value: string
  readonly unit?: DecodedArgument['unit'] | undefined
  readonly netuid: number | undefined
}

/** A value as the chain spells it, and as an amount where it is one. */
function Value({ value, unit, netuid }: ValueProps) {
  const symbol = useDirectory().get(netuid ?? 0)?.symbol
  if (unit && /^\d+$/.test(value))
    return (
      <>
        <Amount value={BigInt(value)} unit={unit === 'alpha' ? alphaOf(netuid ?? 0, symbol) : TAO} />
        {unit === 'TAO per alpha' && <span className="mute"> for one alpha</span>}
      </>
    )
  if (/^5[1-9A-HJ-NP-Za-km-z]{47}$/.test(value))
    return <span className="mono break">{addressGroups(value).join(' ')}</span>
  return <span className="mono break">{value}</span>
}

interface RowData extends ValueProps {
  readonly name: string
  readonly type?: string | undefined
  readonly depth: number
}
/** The deepest indentation that is drawn; deeper calls stand in line with it. */
const DEEPEST = 4

function Row({ name, type, depth, ...value }: RowData) {
  return (
    <tr>
      <td className={`mono depth-${Math.min(depth, DEEPEST)}`}>{name}</td>
      <td className="mono mute">{type}</td>
      <td className="wrapcell">
        <Value {...value} />
      </td>
    </tr>
  )
}

/** One call: its name where it is inside another, then its arguments. */
function CallRows({
  call,
  outer,
  netuid,
}: {
  call: ReadCall
  outer: Map<string, DecodedArgument>
  netuid?: number | undefined
}) {
  const isOuter = call.depth === 0
  return (
    <>
      {!isOuter && (
        <tr>
          <th scope="rowgroup" colSpan={3} className={`mono depth-${Math.min(call.depth, DEEPEST)}`}>
            {call.call}
          </th>
        </tr>
      )}
      {call.args.map(({ path, value }) => {
        const same = isOuter ? outer.get(path) : undefined
        return (
          <Row
            key={path}
            name={path}
            type={same?.type}
            depth={call.depth}
            value={value}
            unit={same?.unit}
            netuid={netuid}
          />
        )
      })}
    </>
  )
}

const bytePairs = (hex: string): readonly string[] => hex.replace(/^0x/, '').match(/.{2}/g) ?? []

export interface BytesPanelProps {
  readonly prepared: Prepared
  /** Absent while the signer reads, or where it cannot: then the chain client's own reading stands here. */
  readonly reading: SignerReading | undefined
}

/** All that is in the bytes: calls within calls, arguments, nonce, and the bytes themselves. */
export function BytesPanel({ prepared, reading }: BytesPanelProps) {
  const { decoded, plan } = prepared
  const netuid = 'request' in plan && 'netuid' in plan.request ? plan.request.netuid : undefined
  const bytes = bytePairs(decoded.payloadHex)
  const outer = new Map(decoded.args.map((argument) => [argument.name, argument]))
  return (
    <section className="grid gap-2" aria-label="What the bytes say">
      <div className="row wrap">
        <h3>What the {bytes.length} bytes say</h3>
        <span className="mono soft break">{decoded.call}</span>
        <span className="soft small">{reading ? 'as the signer reads them' : 'as the chain client reads them'}</span>
      </div>
      <table className="tbl plain read-calls">
        <caption className="vh">Arguments of the call, decoded from the bytes</caption>
        <thead>
          <tr>
            <th scope="col">Argument</th>
            <th scope="col">Type</th>
            <th scope="col">Value</th>
          </tr>
        </thead>
        <tbody>
          {reading
            ? reading.calls.map((call, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: calls have no name but their place
                <CallRows key={index} call={call} outer={outer} netuid={netuid} />
              ))
            : decoded.args.map((argument) => <Row key={argument.name} {...argument} depth={0} netuid={netuid} />)}
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
