import { useState } from 'react'
import type { HoldingState } from '../../../shared/staking/holding-state.ts'
import { isNetuid } from '../../../shared/units/amounts.ts'
import { useDirectory } from '../../bridge/use-directory.ts'
import { cleanName } from '../../format/hostile-text.ts'
import { Select } from '../../ui/select.tsx'
import { AutoStakeForm } from './auto-stake-form.tsx'

/** For any subnet, also one where nothing is held yet. On root nobody mines. */
export function AutoStakeDrawer({ state, onClose }: { readonly state: HoldingState; readonly onClose: () => void }) {
  const subnets = [...useDirectory().values()].filter(({ netuid }) => netuid !== 0)
  const [picked, setPicked] = useState('')
  const netuid = picked === '' ? subnets[0]?.netuid : Number(picked)
  if (!isNetuid(netuid)) return null
  return (
    <AutoStakeForm
      key={netuid}
      netuid={netuid}
      state={state}
      title="Where mined alpha goes"
      ways={
        <Select
          label="Subnet"
          value={String(netuid)}
          onPick={setPicked}
          choices={subnets.map((one) => ({
            value: String(one.netuid),
            text: `${one.netuid} ${cleanName(one.name ?? '') || 'no name'}`,
          }))}
        />
      }
      onClose={onClose}
    />
  )
}
