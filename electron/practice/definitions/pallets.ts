import { alphaAssets } from './pallets/alpha-assets.ts'
import { aura } from './pallets/aura.ts'
import { balances } from './pallets/balances.ts'
import { evmChainId } from './pallets/evm-chain-id.ts'
import { limitOrders } from './pallets/limit-orders.ts'
import { mevShield } from './pallets/mev-shield.ts'
import { multisig } from './pallets/multisig.ts'
import { proxy } from './pallets/proxy.ts'
import { subtensorModule } from './pallets/subtensor-module.ts'
import { sudo } from './pallets/sudo.ts'
import { swap } from './pallets/swap.ts'
import { system } from './pallets/system.ts'
import { timestamp } from './pallets/timestamp.ts'
import { transactionPayment } from './pallets/transaction-payment.ts'
import { utility } from './pallets/utility.ts'

/** Every pallet of the practice chain, by mainnet's name and in the order of its numbers. */
export const PALLETS = {
  System: system,
  Timestamp: timestamp,
  Aura: aura,
  Balances: balances,
  TransactionPayment: transactionPayment,
  SubtensorModule: subtensorModule,
  Utility: utility,
  Sudo: sudo,
  Multisig: multisig,
  Proxy: proxy,
  EVMChainId: evmChainId,
  Swap: swap,
  MevShield: mevShield,
  AlphaAssets: alphaAssets,
  LimitOrders: limitOrders,
} as const
