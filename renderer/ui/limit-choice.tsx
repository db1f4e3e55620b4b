import { Amount, TAO } from './amount.tsx'
import { Field } from './field.tsx'
import { Note } from './note.tsx'
import { Segments } from './segments.tsx'
import { Tolerance } from './tolerance.tsx'

/** A limit as a person sets it: a distance from the price of now, or a price of their own. */
export interface LimitDraft {
  readonly tolerancePpm: number
  readonly pickTolerance: (ppm: number) => void
  readonly own: boolean
  readonly setOwn: (own: boolean) => void
  readonly text: string
  readonly type: (text: string) => void
  readonly wrong: string | undefined
}

export interface LimitChoiceProps {
  readonly draft: LimitDraft
  /** What is bounded, and which side of it is refused. */
  readonly kind: 'buy' | 'sell' | 'ratio'
  /** Of the plan, rao for one alpha; not for a ratio. */
  readonly limitPrice?: bigint | undefined
  /** The chain cannot say what the trade brings, so there is no price to keep a distance from. */
  readonly needed: boolean
}

const WORDS = {
  buy: {
    title: 'Price limit',
    field: 'Most TAO for one alpha',
    side: 'The chain refuses the trade above',
    hint: 'Above this price the chain refuses the trade. Only the network fee is lost then.',
  },
  sell: {
    title: 'Price limit',
    field: 'Least TAO for one alpha',
    side: 'The chain refuses the trade below',
    hint: 'Below this price the chain refuses the trade. Only the network fee is lost then.',
  },
  ratio: {
    title: 'Ratio limit',
    field: 'Least alpha of the other subnet for one of this',
    side: 'The chain refuses the swap when this token gets cheaper against the other one by more than',
    hint: 'For less the chain refuses the swap. Only the network fee is lost then.',
  },
} as const

/** How bad the price may get, and in which way that is said. */
export function LimitChoice({ draft, kind, limitPrice, needed }: LimitChoiceProps) {
  const words = WORDS[kind]
  const own = draft.own || needed
  return (
    <div className="grid gap-2">
      <div className="row wrap">
        <h3 className="grow">{words.title}</h3>
        {!needed && (
          <Segments
            label={`How the ${words.title.toLowerCase()} is given`}
            value={own ? 'own' : 'near'}
            choices={[
              { value: 'near', text: 'By distance' },
              { value: 'own', text: kind === 'ratio' ? 'Own ratio' : 'Own price' },
            ]}
            onPick={(value) => draft.setOwn(value === 'own')}
          />
        )}
      </div>
      {needed && (
        <Note kind="warn" title="Give the limit yourself.">
          <p>
            The chain that you are connected to cannot say what a trade brings, so nothing can be quoted. Your limit is
            the only bound: look the price up somewhere else first.
          </p>
        </Note>
      )}
      {own ? (
        <Field
          label={words.field}
          inputMode="decimal"
          value={draft.text}
          onType={draft.type}
          wrong={draft.wrong}
          hint={words.hint}
        />
      ) : (
        <div className="row top">
          <p className="soft small grow">
            {words.side}{' '}
            {limitPrice === undefined ? (
              'this distance from the price of now'
            ) : (
              <Amount value={limitPrice} unit={TAO} />
            )}
            {kind === 'ratio' ? '' : ' for one alpha'}. Only the network fee is lost then.
          </p>
          <Tolerance label={words.title} ppm={draft.tolerancePpm} onPick={draft.pickTolerance} />
        </div>
      )}
    </div>
  )
}
