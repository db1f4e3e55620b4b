import { cleanName } from '../../format/hostile-text.ts'

export interface AcceptLicenceProps {
  readonly licence: string
  readonly model: string
  readonly accepts: boolean
  readonly onChange: (accepts: boolean) => void
}
export function AcceptLicence({ licence, model, accepts, onChange }: AcceptLicenceProps) {
  return (
    <label className="pick">
      <input type="checkbox" checked={accepts} onChange={(event) => onChange(event.target.checked)} />
      <span>
        I read and accept the licence {licence} of {cleanName(model)}.
      </span>
    </label>
  )
}
