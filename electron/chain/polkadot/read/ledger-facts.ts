import type { LedgerFact } from '../../../../shared/ledger/facts.ts'
import { type Netuid, netuid, type Ss58 } from '../../../../shared/units/amounts.ts'
import { Answer, asAddress, asBigint, asList, asNetuid } from '../answer.ts'
import { publicKeyOf } from '../scale/address.ts'
import type { ChainEvent } from '../tx/events.ts'

/**
 * What the events of a block mean for a ledger. Events that it does not know are left out; a known one whose fields
 * changed is an error, not a guess.
 * @source subtensor `macros/events.rs`; pallet-balances; pallet-transaction-payment
 */
export const factsOf = (events: readonly ChainEvent[]): readonly LedgerFact[] =>
  events.flatMap((event, index) => {
    const read = READERS[event.name]
    return read ? [{ index, extrinsic: event.extrinsic, ...read(event.value, event.name) } as LedgerFact] : []
  })

/** A fact without its place. Distributed over the union, so that each kind keeps its own fields. */
type Bare<T> = T extends unknown ? Omit<T, 'index' | 'extrinsic'> : never
type Reader = (value: unknown, name: string) => Bare<LedgerFact>

const trade =
  (what: 'stake-added' | 'stake-removed'): Reader =>
  (value, name) => {
    const [coldkey, hotkey, tao, alpha, netuid, fee] = asList(value, name)
    return {
      what,
      coldkey: asAddress(coldkey, name),
      hotkey: asAddress(hotkey, name),
      netuid: asNetuid(netuid, name),
      tao: asBigint(tao, name),
      alpha: asBigint(alpha, name),
      fee: asBigint(fee, name),
    }
  }

const destroyed =
  (what: 'burned' | 'recycled'): Reader =>
  (value, name) => {
    const [coldkey, hotkey, alpha, netuid] = asList(value, name)
    return {
      what,
      coldkey: asAddress(coldkey, name),
      hotkey: asAddress(hotkey, name),
      netuid: asNetuid(netuid, name),
      alpha: asBigint(alpha, name),
    }
  }

/** Places of coldkey, receiving coldkey, netuid, receiving netuid and TAO among an event's fields. */
const moved =
  ([coldkey, toColdkey, netuid, toNetuid, tao]: readonly [number, number, number, number, number]): Reader =>
  (value, name) => {
    const row = asList(value, name)
    return {
      what: 'stake-moved',
      coldkey: asAddress(row[coldkey], name),
      toColdkey: asAddress(row[toColdkey], name),
      netuid: asNetuid(row[netuid], name),
      toNetuid: asNetuid(row[toNetuid], name),
      tao: asBigint(row[tao], name),
    }
  }

const balance =
  (sign: 1n | -1n, field = 'who'): Reader =>
  (value, name) => {
    const row = new Answer(value, name)
    return { what: 'balance', who: row.address(field), tao: sign * row.rao('amount') }
  }

const hotkeySwapped: Reader = (value, name) => {
  const row = new Answer(value, name)
  return {
    what: 'hotkey-swapped',
    coldkey: row.address('coldkey'),
    hotkey: row.address('old_hotkey'),
    toHotkey: row.address('new_hotkey'),
    ...(name.endsWith('OnSubnet') ? { netuid: row.netuid('netuid') } : {}),
  }
}

/** `modl`, with which the accounts of pallets and subnets begin: nobody has their keys. */
const MODL = [0x6d, 0x6f, 0x64, 0x6c]
const isSystem = (address: Ss58): boolean => {
  const key = publicKeyOf(address)
  return MODL.every((byte, index) => key[index] === byte)
}

/** Behind it stands the netuid, two bytes, lowest first. @source subtensor `get_subnet_account_id` */
const POOL = [...MODL, ...new TextEncoder().encode('subtensr')]
function poolOf(address: Ss58): { readonly pool?: Netuid } {
  const key = publicKeyOf(address)
  const [low = 0, high = 0] = key.subarray(POOL.length)
  return POOL.every((byte, index) => key[index] === byte) ? { pool: netuid(low + high * 256) } : {}
}

const READERS: Readonly<Record<string, Reader>> = {
  'SubtensorModule.StakeAdded': trade('stake-added'),
  'SubtensorModule.StakeRemoved': trade('stake-removed'),
  // coldkey, origin hotkey, origin netuid, destination hotkey, destination netuid, TAO
  'SubtensorModule.StakeMoved': moved([0, 0, 2, 4, 5]),
  // origin coldkey, destination coldkey, hotkey, origin netuid, destination netuid, TAO
  'SubtensorModule.StakeTransferred': moved([0, 1, 3, 4, 5]),
  // coldkey, hotkey, origin netuid, destination netuid, TAO
  'SubtensorModule.StakeSwapped': moved([0, 0, 2, 3, 4]),
  'SubtensorModule.AlphaBurned': destroyed('burned'),
  'SubtensorModule.AlphaRecycled': destroyed('recycled'),
  'SubtensorModule.TransactionFeePaidWithAlpha': (value, name) => {
    const row = new Answer(value, name)
    return {
      what: 'alpha-fee',
      who: row.address('who'),
      netuid: row.netuid('netuid'),
      alpha: row.alpha('alpha_fee'),
      tao: row.rao('tao_amount'),
    }
  },
  'SubtensorModule.NeuronRegistered': (value, name) => {
    const [netuid, , hotkey] = asList(value, name)
    return { what: 'registered', netuid: asNetuid(netuid, name), hotkey: asAddress(hotkey, name) }
  },
  'SubtensorModule.NetworkRemoved': (value, name) => ({
    what: 'subnet-removed',
    netuid: asNetuid(Array.isArray(value) ? value[0] : value, name),
  }),
  'SubtensorModule.HotkeySwapped': hotkeySwapped,
  'SubtensorModule.HotkeySwappedOnSubnet': hotkeySwapped,
  'SubtensorModule.ColdkeySwapped': (value, name) => {
    const row = new Answer(value, name)
    return { what: 'coldkey-swapped', from: row.address('old_coldkey'), to: row.address('new_coldkey') }
  },
  'TransactionPayment.TransactionFeePaid': (value, name) => {
    const row = new Answer(value, name)
    return { what: 'fee', who: row.address('who'), tao: row.rao('actual_fee') }
  },
  'Balances.Transfer': (value, name) => {
    const row = new Answer(value, name)
    const [from, to] = [row.address('from'), row.address('to')]
    return {
      what: 'transfer',
      from,
      to,
      tao: row.rao('amount'),
      system: isSystem(from) || isSystem(to),
      ...poolOf(from),
    }
  },
  'Balances.Withdraw': balance(-1n),
  'Balances.Burned': balance(-1n),
  'Balances.Slashed': balance(-1n),
  'Balances.Suspended': balance(-1n),
  'Balances.DustLost': balance(-1n, 'account'),
  'Balances.Deposit': balance(1n),
  'Balances.Minted': balance(1n),
  'Balances.Restored': balance(1n),
}

/** By the names of the metadata. */
export const LEDGER_EVENTS: readonly string[] = Object.keys(READERS)
