import {
  type AddressEntry,
  nameKey,
  readBook,
  readName,
  readNote,
  type SkippedRow,
  writeBook,
} from '../../shared/addresses/address-book.ts'
import { judgeRecipient, type RecipientReport } from '../../shared/addresses/judge-recipient.ts'
import { readAddress } from '../../shared/addresses/read-address.ts'
import type { AppError } from '../../shared/errors.ts'
import type { NetworkKind } from '../../shared/network/network.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import type { Ss58 } from '../../shared/units/amounts.ts'
import type { ChainPort } from '../chain/chain.port.ts'
import type { StoragePort } from '../storage/storage.port.ts'
import type { ClockPort } from '../system/system.port.ts'
import type { KnownAddresses } from './known-addresses.ts'
import { Listeners } from './live-read.ts'
import type { NetworkService } from './network.service.ts'

export interface AddressesDeps {
  readonly chain: Pick<ChainPort, 'isAddress'>
  readonly storage: StoragePort
  readonly clock: ClockPort
  readonly network: NetworkService
  readonly known: KnownAddresses
}

export interface AddressBook {
  readonly network: NetworkKind
  readonly entries: readonly AddressEntry[]
}
interface Named {
  readonly name: string
  readonly note?: string | undefined
}

/** Names for addresses, one book for each kind of network, and the judgement about whoever is to be paid. */
export class AddressesService {
  readonly #deps: AddressesDeps
  readonly #changed = new Listeners<void>()

  constructor(deps: AddressesDeps) {
    this.#deps = deps
    let shown: NetworkKind | undefined
    deps.network.onChange(() => {
      if (shown === this.#network()) return
      shown = this.#network()
      this.#changed.tell()
    })
  }

  book(): AddressBook {
    const network = this.#network()
    return { network, entries: this.#deps.storage.addressBook(network) }
  }

  onChange(listener: () => void): () => void {
    return this.#changed.add(listener)
  }

  /** @errors address/not-valid, address/bad-name, address/name-taken, address/already-there */
  add(request: { readonly address: string } & Named): Result<AddressEntry, AppError> {
    const address = this.#read(request.address)
    if (!address.ok) return address
    const there = this.book().entries.find((entry) => entry.address === address.value)
    if (there) return err({ code: 'address/already-there', address: there.address, name: there.name })
    return this.#put(address.value, request, this.#deps.clock.nowMs())
  }

  /** @errors address/not-there, address/bad-name, address/name-taken */
  change(request: { readonly address: Ss58 } & Named): Result<AddressEntry, AppError> {
    const there = this.book().entries.find((entry) => entry.address === request.address)
    if (!there) return err({ code: 'address/not-there', address: request.address })
    return this.#put(there.address, { name: request.name, note: request.note ?? there.note }, there.addedAtMs)
  }

  remove(address: Ss58): Result<null, AppError> {
    if (!this.#deps.storage.removeAddress(this.#network(), address)) return err({ code: 'address/not-there', address })
    this.#changed.tell()
    return ok(null)
  }

  exported(): { readonly fileName: string; readonly text: string } {
    const { network, entries } = this.book()
    return { fileName: `taoforge-addresses-${network}.json`, text: writeBook(network, entries) }
  }

  /** Adds what can be added and names the rest. An entry that is there already wins over the file. */
  imported(text: string): Result<{ added: number; skipped: readonly SkippedRow[] }, AppError> {
    const file = readBook(text)
    if (!file.ok) return err({ code: 'address/book-unreadable', reason: file.error })
    const { network, entries } = this.book()
    if (file.value.network !== network)
      return err({ code: 'address/book-unreadable', reason: `it belongs to another network: ${file.value.network}` })
    const names = new Set(entries.map(({ name }) => nameKey(name)))
    const addresses = new Set<string>(entries.map(({ address }) => address))
    const skipped: SkippedRow[] = [...file.value.skipped]
    const added: AddressEntry[] = []
    const addedAtMs = this.#deps.clock.nowMs()
    for (const { row, address, name, note } of file.value.rows) {
      if (!this.#deps.chain.isAddress(address)) skipped.push({ row, problem: 'checksum' })
      else if (addresses.has(address)) skipped.push({ row, problem: 'already-there' })
      else if (names.has(nameKey(name))) skipped.push({ row, problem: 'name-taken' })
      else {
        addresses.add(address)
        names.add(nameKey(name))
        added.push({ address, name, note, addedAtMs })
      }
    }
    this.#deps.storage.putAddresses(network, added)
    if (added.length > 0) this.#changed.tell()
    return ok({ added: added.length, skipped: skipped.sort((a, b) => a.row - b.row) })
  }

  /** @errors address/not-valid */
  check(text: string): Result<RecipientReport, AppError> {
    const address = this.#read(text)
    return address.ok ? ok(this.#judged(address.value)) : address
  }

  /**
   * Why a plan to pay `to` is not made. An imitation is paid only after its whole address was typed.
   * @errors address/not-valid, address/look-alike, address/dust-sender, address/typed-another
   */
  async refusal(to: Ss58, typedTo: string | undefined): Promise<AppError | undefined> {
    const address = this.#read(to)
    if (!address.ok) return address.error
    const report = this.#judged(address.value)
    if (!report.mustBeTyped) return undefined
    if (typedTo !== undefined && typedTo.trim() !== '')
      return typedTo.replace(/\s+/gu, '') === to ? undefined : { code: 'address/typed-another' }
    for (const finding of report.findings)
      if (finding.kind === 'look-alike')
        return { code: 'address/look-alike', address: to, of: finding.of, name: finding.name }
    return { code: 'address/dust-sender', address: to }
  }

  #judged(address: Ss58): RecipientReport {
    return judgeRecipient(address, this.#deps.known.facts(this.#network()))
  }

  #put(address: Ss58, named: Named, addedAtMs: number): Result<AddressEntry, AppError> {
    const [name, note] = [readName(named.name), readNote(named.note ?? '')]
    if (name === undefined || note === undefined) return err({ code: 'address/bad-name', name: named.name })
    const { network, entries } = this.book()
    const taken = entries.some((entry) => entry.address !== address && nameKey(entry.name) === nameKey(name))
    if (taken) return err({ code: 'address/name-taken', name })
    const entry: AddressEntry = { address, name, note, addedAtMs }
    this.#deps.storage.putAddresses(network, [entry])
    this.#changed.tell()
    return ok(entry)
  }

  #read(text: string): Result<Ss58, AppError> {
    const read = readAddress(text)
    if (!read.ok) return err({ code: 'address/not-valid', ...read.error })
    return this.#deps.chain.isAddress(read.value) ? read : err({ code: 'address/not-valid', problem: 'checksum' })
  }

  /** Before a network is chosen nothing is shown; what would be kept then belongs to play money. */
  #network(): NetworkKind {
    return this.#deps.network.choice()?.kind ?? 'practice'
  }
}
