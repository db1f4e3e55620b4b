import type { KeysPort } from './keys.port.ts'

/** Practice wallets and real ones live in different folders and different processes. */
export type WalletsOf = 'practice' | 'real'

export interface SwitchingKeys extends KeysPort {
  /** Locks the wallets of the other kind first. */
  use(wallets: WalletsOf): Promise<void>
}
