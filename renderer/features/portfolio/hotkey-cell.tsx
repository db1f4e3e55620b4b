import type { Position } from '../../../shared/staking/position.ts'
import { useHotkeyName } from '../../bridge/use-hotkey-name.ts'
import { ShortAddress } from '../../ui/address.tsx'
import { Chip } from '../../ui/chip.tsx'

/** With whom the stake is. */
export function HotkeyCell({ position }: { readonly position: Pick<Position, 'netuid' | 'hotkey' | 'registered'> }) {
  const { name, own } = useHotkeyName(position.netuid, position.hotkey)
  return (
    <small className="rowline mute">
      {name ? (
        <bdi className="clip" title={position.hotkey}>
          {own ? `own hotkey ${name}` : name}
        </bdi>
      ) : (
        <ShortAddress address={position.hotkey} />
      )}
      {!position.registered && <Chip kind="warn">lost its place</Chip>}
    </small>
  )
}
