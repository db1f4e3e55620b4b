import type { PlacesPort } from '../places.port.ts'
import type { Reading } from './account-reads.ts'
import { readPlaceFacts } from './read/place-facts.ts'

/** The part of the adapter that looks at hotkeys that get places. */
export function placeReads({ read }: Pick<Reading, 'read'>): PlacesPort {
  return { placeFacts: (coldkey, intent) => read((view) => readPlaceFacts(view, coldkey, intent)) }
}
