import type { PlaceList } from '../../shared/registration/place-list.ts'

/** Part of the storage: lists of registrations. Each method is one transaction. */
export interface PlaceListStorage {
  /** Oldest first. */
  placeLists(genesis: string): readonly PlaceList[]
  putPlaceList(list: PlaceList): void
  /** @returns false when there was none. */
  removePlaceList(genesis: string, id: string): boolean
}
