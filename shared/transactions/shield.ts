/** Why a transaction is not hidden until it is in a block. */
export type ShieldRefusal =
  | 'not-a-trade'
  | 'root'
  | 'proxied'
  | 'hotkey'
  | 'not-offered'
  | 'no-key'
  | 'too-fast'
  | 'air-gapped'
  | 'turned-off'
