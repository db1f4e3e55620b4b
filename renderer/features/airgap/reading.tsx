import type { SignerReading } from '../../../shared/signing/reading.ts'
import { addressGroups } from '../../format/address.ts'

const ADDRESS = /^5[1-9A-HJ-NP-Za-km-z]{47}$/
/** Arguments that are TAO in 1e-9, by the chain's names. */
const TAO_AMOUNT = /^(Balances\.\w+ value|SubtensorModule\.\w+ amount_staked)$/

function Value({ call, path, value }: { readonly call: string; readonly path: string; readonly value: string }) {
  if (ADDRESS.test(value)) return <span className="mono break">{addressGroups(value).join(' ')}</span>
  if (!TAO_AMOUNT.test(`${call} ${path}`) || !/^\d+$/.test(value)) return <span className="mono break">{value}</span>
  const whole = value.padStart(10, '0')
  return (
    <span className="mono break">
      {value} rao = {whole.slice(0, -9)}.{whole.slice(-9)} TAO
    </span>
  )
}

/** All that the signer reads in the bytes: each call with its arguments, then what stands around them. */
export function Reading({ reading }: { readonly reading: SignerReading }) {
  return (
    <section className="grid gap-2" aria-label="What the bytes say">
      {reading.calls.map(({ depth, call, args }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: calls have no name but their place
        <div key={at} className="grid gap-1">
          <h3>
            {depth > 0 ? 'Within it: ' : ''}
            <span className="mono break">{call}</span>
          </h3>
          <dl className="kv start">
            {args.map(({ path, value }) => (
              <div key={path} className="contents">
                <dt className="mono">{path}</dt>
                <dd>
                  <Value call={call} path={path} value={value} />
                </dd>
              </div>
            ))}
          </dl>
        </div>
      ))}
      <p className="soft small break">
        Nonce {reading.nonce}, tip {reading.tip === '0' ? 'none' : `${reading.tip} rao`},{' '}
        {reading.eraPeriod === undefined ? 'valid for ever' : `valid for ${reading.eraPeriod} blocks`}, runtime{' '}
        {reading.specVersion}, chain <span className="mono">{reading.genesis}</span>.
      </p>
      <p className="soft small break">
        Compare this on both devices: <span className="mono">{reading.payloadHash}</span>
      </p>
    </section>
  )
}
