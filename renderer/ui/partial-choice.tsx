import { Segments } from './segments.tsx'

export interface PartialChoiceProps {
  readonly partial: boolean
  readonly onPick: (partial: boolean) => void
}

/** What shall happen where not all of it fits within the limit. */
export function PartialChoice({ partial, onPick }: PartialChoiceProps) {
  return (
    <div className="row top">
      <div className="grow">
        <h3>At the limit</h3>
        <p className="soft small">
          {partial
            ? 'As much as fits within the limit is traded. The rest stays where it is.'
            : 'All of it is traded within the limit, or nothing.'}
        </p>
      </div>
      <Segments
        label="At the limit"
        value={partial ? 'part' : 'all'}
        choices={[
          { value: 'all', text: 'All or nothing' },
          { value: 'part', text: 'A part' },
        ]}
        onPick={(value) => onPick(value === 'part')}
      />
    </div>
  )
}
