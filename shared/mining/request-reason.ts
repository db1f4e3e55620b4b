/** How a request to the miner ended. `late` = the deadline came before any text; text cut short by it counts as `answered`. */
export const REQUEST_REASONS = [
  'answered',
  'late',
  'unsigned',
  'bad-signature',
  'stale',
  'replayed',
  'wrong-receiver',
  'not-in-metagraph',
  'denied',
  'not-on-list',
  'no-permit',
  'low-stake',
  'rate',
  'queue-full',
  'held',
  'too-large',
  'bad-request',
  'failed',
  'cancelled',
] as const
export type RequestReason = (typeof REQUEST_REASONS)[number]
