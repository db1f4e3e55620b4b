import { Select } from '../../ui/select.tsx'

export type CryptoType = 'sr25519' | 'ed25519'
export type NewFormat = 'vault' | 'btwallet'

export interface KeyChoice {
  readonly cryptoType: CryptoType
  readonly format: NewFormat
}
export const USUAL_KEY: KeyChoice = { cryptoType: 'sr25519', format: 'vault' }

export function TypeSelect(props: { readonly value: CryptoType; readonly onPick: (type: CryptoType) => void }) {
  return (
    <Select
      label="Key type"
      value={props.value}
      onPick={(value) => props.onPick(value === 'ed25519' ? 'ed25519' : 'sr25519')}
      choices={[
        { value: 'sr25519', text: 'sr25519, as nearly all wallets' },
        { value: 'ed25519', text: 'ed25519' },
      ]}
    />
  )
}

export function FormatSelect(props: { readonly value: NewFormat; readonly onPick: (format: NewFormat) => void }) {
  return (
    <Select
      label="File format"
      value={props.value}
      onPick={(value) => props.onPick(value === 'btwallet' ? 'btwallet' : 'vault')}
      choices={[
        { value: 'vault', text: 'The app’s vault' },
        { value: 'btwallet', text: '$NACL, of the official tools' },
      ]}
      hint={
        props.value === 'btwallet'
          ? 'Easier to guess: all $NACL files share one salt. Takes half a gigabyte of memory to open.'
          : 'A salt of its own. A $NACL copy for the official tools can be written at any time.'
      }
    />
  )
}

/** Key type and file format of a new wallet. The usual ones are chosen already. */
export function KeyOptions(props: { readonly value: KeyChoice; readonly onChange: (value: KeyChoice) => void }) {
  const { value, onChange } = props
  return (
    <div className="grid grid-cols-2 gap-3">
      <TypeSelect value={value.cryptoType} onPick={(cryptoType) => onChange({ ...value, cryptoType })} />
      <FormatSelect value={value.format} onPick={(format) => onChange({ ...value, format })} />
    </div>
  )
}
