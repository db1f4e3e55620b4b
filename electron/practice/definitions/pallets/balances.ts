import { call, constant, definePallet, error, event } from '../../scale/pallet.ts'
import { bool, compact, u32, u64 } from '../../scale/primitives.ts'
import { storageValue } from '../../scale/storage.ts'
import { accountId, multiAddress } from '../types/account.ts'

/** Free TAO, in rao. */
export const balances = definePallet({
  name: 'Balances',
  index: 5,
  module: 'pallet_balances::pallet',
  instantiable: true,
  calls: {
    transfer_allow_death: call(
      0,
      { dest: multiAddress, value: compact(u64) },
      'Sends TAO; what is left below the existential deposit is lost.',
    ),
    transfer_keep_alive: call(
      3,
      { dest: multiAddress, value: compact(u64) },
      'Sends TAO; fails if the sender would fall below the existential deposit.',
    ),
    transfer_all: call(
      4,
      { dest: multiAddress, keep_alive: bool },
      'Sends everything that is free, keeping the existential deposit if asked.',
    ),
  },
  events: {
    Endowed: event(0, { account: accountId, free_balance: u64 }),
    DustLost: event(1, { account: accountId, amount: u64 }),
    Transfer: event(2, { from: accountId, to: accountId, amount: u64 }),
    Reserved: event(4, { who: accountId, amount: u64 }),
    Unreserved: event(5, { who: accountId, amount: u64 }),
    Deposit: event(7, { who: accountId, amount: u64 }),
    Withdraw: event(8, { who: accountId, amount: u64 }),
    Minted: event(10, { who: accountId, amount: u64 }),
    Burned: event(11, { who: accountId, amount: u64 }),
    Issued: event(15, { amount: u64 }),
    Rescinded: event(16, { amount: u64 }),
  },
  errors: {
    LiquidityRestrictions: error(1, 'Part of the balance is locked.'),
    InsufficientBalance: error(2, 'The balance is too low.'),
    ExistentialDeposit: error(3, 'The amount is too small to open an account.'),
    Expendability: error(4, 'The account would fall below the existential deposit.'),
    DeadAccount: error(6, 'The receiving account does not exist.'),
  },
  storage: {
    TotalIssuance: storageValue(u64, 0n),
    InactiveIssuance: storageValue(u64, 0n),
  },
  constants: {
    ExistentialDeposit: constant(u64, 500n),
    MaxLocks: constant(u32, 50),
    MaxReserves: constant(u32, 50),
    MaxFreezes: constant(u32, 50),
  },
})
