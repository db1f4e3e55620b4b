import type { RequestReason } from '../mining/request-reason.ts'

/** Why a request got no answer, as a line of a table says it. */
export const REQUEST_WORDS: Readonly<Record<RequestReason, string>> = {
  answered: 'answered',
  late: 'too late: no text before the deadline',
  unsigned: 'not signed',
  'bad-signature': 'signature does not fit',
  stale: 'signed too long ago, or ahead of time',
  replayed: 'sent before',
  'wrong-receiver': 'meant for another miner',
  'not-in-metagraph': 'not registered on this subnet',
  denied: 'on your list of callers that are never answered',
  'not-on-list': 'not on your list of callers that are answered',
  'no-permit': 'no validator permit',
  'low-stake': 'too little stake',
  rate: 'too many requests',
  'queue-full': 'queue was full',
  held: 'mining was paused',
  'too-large': 'too large',
  'bad-request': 'could not be read',
  failed: 'model or service failed',
  cancelled: 'caller left',
}
