import type { EpochRow } from '../../shared/earnings/epoch-row.ts'
import { type AlphaYield, yieldOf } from '../../shared/ledger/yield.ts'
import type { Ss58 } from '../../shared/units/amounts.ts'
import type { StoragePort } from '../storage/storage.port.ts'

/** Epochs of about two months for ten positions; enough for a yield. */
const YIELD_ROWS = 12_000

interface Place {
  readonly account: Ss58
  readonly netuid: number
  readonly hotkey: Ss58
}
interface PlaceEpochs {
  readonly rows: EpochRow[]
  /** `null`: not computed since the last row came. */
  yield: AlphaYield | undefined | null
}
interface Read {
  readonly genesis: string
  revision: number
  readonly byAccount: Map<Ss58, Map<string, PlaceEpochs>>
}

const placeOf = ({ netuid, hotkey }: Pick<Place, 'netuid' | 'hotkey'>) => `${netuid}/${hotkey}`

/** Epochs and yields of positions. Those of a wallet are read once; what is booked later is put beside them. */
export class EpochYields {
  readonly #storage: StoragePort
  #read: Read | undefined

  constructor(storage: StoragePort) {
    this.#storage = storage
  }

  /** As they are now: to be used at once, before anything else is booked. */
  now(genesis: string) {
    const { byAccount } = this.#fresh(genesis)
    const at = (place: Place) => this.#at(genesis, byAccount, place)
    return {
      rowsOf: (place: Place): readonly EpochRow[] => at(place)?.rows ?? [],
      yieldOf: (place: Place): AlphaYield | undefined => {
        const found = at(place)
        if (found?.yield === null) found.yield = yieldOf(found.rows)
        return found?.yield ?? undefined
      },
    }
  }

  #at(genesis: string, byAccount: Read['byAccount'], place: Place): PlaceEpochs | undefined {
    const known = byAccount.get(place.account)
    if (known) return known.get(placeOf(place))
    const rows = Map.groupBy(this.#storage.epochRows(genesis, place.account, YIELD_ROWS), placeOf)
    const made = new Map([...rows].map(([key, of]) => [key, { rows: of, yield: null }] as const))
    byAccount.set(place.account, made)
    return made.get(placeOf(place))
  }

  #fresh(genesis: string): Read {
    const known = this.#read?.genesis === genesis ? this.#read : undefined
    const { revision, epochs } = this.#storage.ledgerChanges(genesis, known?.revision ?? -1)
    if (!known || !epochs) {
      this.#read = { genesis, revision, byAccount: new Map() }
      return this.#read
    }
    for (const row of epochs) {
      const places = known.byAccount.get(row.coldkey)
      const at = places?.get(placeOf(row))
      if (at) {
        at.rows.push(row)
        at.yield = null
      } else places?.set(placeOf(row), { rows: [row], yield: null })
    }
    known.revision = revision
    return known
  }
}
