import { cleanName, cleanSymbol, isDrawn } from '../format/hostile-text.ts'

export interface SubnetNameProps {
  readonly netuid: number
  readonly name?: string | undefined
  readonly symbol?: string | undefined
  readonly inline?: boolean
  /** Colour of its series, where a chart shows the same subnet. */
  readonly series?: string | undefined
}

/** Netuid, symbol, name, in this order: only the first is not chosen by its owner. */
export function SubnetName({ netuid, name, symbol, inline = false, series }: SubnetNameProps) {
  const sign = cleanSymbol(symbol ?? '')
  return (
    <span className={inline ? 'sn inl' : 'sn'}>
      {series && <span className="sw" style={{ background: series }} />}
      <span className="nid">{netuid}</span>
      {isDrawn(sign) ? <bdi className="sym">{sign}</bdi> : <span className="sym none" title="no glyph" />}
      <bdi className="nm" title={cleanName(name ?? '')}>
        {cleanName(name ?? '') || 'no name'}
      </bdi>
    </span>
  )
}
