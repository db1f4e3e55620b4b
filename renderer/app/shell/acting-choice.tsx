import type { ActingAccount } from '../../../shared/accounts/acting.ts'
import { useActing } from '../../bridge/use-acting.ts'
import { shortAddress } from '../../format/address.ts'
import { ActingBand } from '../../ui/acting-for.tsx'
import { useKnownAsOf } from '../../ui/known-as-context.ts'
import { Select } from '../../ui/select.tsx'

/** Under the wallet: whom it acts for. Not there while there is nobody else. */
export function ActingChoice({ wallet }: { readonly wallet: string }) {
  const { account, choices, choose } = useActing()
  const knownAs = useKnownAsOf()
  if (choices.length === 0) return null
  const textOf = (choice: ActingAccount): string =>
    choice.kind === 'multisig'
      ? `${choice.name}, shared`
      : `${knownAs(choice.address) ?? shortAddress(choice.address)}, as proxy`
  return (
    <div className="acting-choice">
      <Select
        label="Acting for"
        value={account?.address ?? ''}
        onPick={(address) => choose(choices.find((choice) => choice.address === address)?.address)}
        choices={[
          { value: '', text: `${wallet} itself` },
          ...choices.map((choice) => ({ value: choice.address as string, text: textOf(choice) })),
        ]}
      />
    </div>
  )
}

export function ActingMark({ wallet }: { readonly wallet: string }) {
  const { account, choose } = useActing()
  return account ? <ActingBand account={account} wallet={wallet} onStop={() => choose()} /> : null
}
