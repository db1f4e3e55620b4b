import type { z } from 'zod'
import type { AppError } from '../errors.ts'
import type { Result } from '../result.ts'
import type { Sealed } from '../sealing/sealed.ts'
import { accountsContract } from './accounts.contract.ts'
import { addressesContract } from './addresses.contract.ts'
import { airgapContract } from './airgap.contract.ts'
import { alertsContract } from './alerts.contract.ts'
import { appContract } from './app.contract.ts'
import { backendsContract } from './backends.contract.ts'
import { callersContract } from './callers.contract.ts'
import { careContract } from './care.contract.ts'
import { chainViewsContract } from './chain-views.contract.ts'
import type { Channel, Contract } from './define.ts'
import { earningsContract } from './earnings.contract.ts'
import { fiatContract } from './fiat.contract.ts'
import { fleetContract } from './fleet.contract.ts'
import { holdingsContract } from './holdings.contract.ts'
import { ledgerContract } from './ledger.contract.ts'
import { logsContract } from './logs.contract.ts'
import { marketsContract } from './markets.contract.ts'
import { miningContract } from './mining.contract.ts'
import { modelsContract } from './models.contract.ts'
import { monitorContract } from './monitor.contract.ts'
import { oneClickContract } from './one-click.contract.ts'
import { ordersContract } from './orders.contract.ts'
import { placeListsContract } from './place-lists.contract.ts'
import { priceRulesContract } from './price-rules.contract.ts'
import { profitContract } from './profit.contract.ts'
import { reachContract } from './reach.contract.ts'
import { registrationContract } from './registration.contract.ts'
import { signerContract } from './signer.contract.ts'
import { stakingContract } from './staking.contract.ts'
import { transactionsContract } from './transactions.contract.ts'
import { walletContract } from './wallet.contract.ts'

/** THE list of what a window, a browser or a terminal may ask. Everything else is refused. */
export const contract = {
  ...appContract,
  ...walletContract,
  ...chainViewsContract,
  ...transactionsContract,
  ...stakingContract,
  ...addressesContract,
  ...accountsContract,
  ...miningContract,
  ...callersContract,
  ...modelsContract,
  ...backendsContract,
  ...fleetContract,
  ...oneClickContract,
  ...ledgerContract,
  ...earningsContract,
  ...signerContract,
  ...airgapContract,
  ...marketsContract,
  ...holdingsContract,
  ...fiatContract,
  ...alertsContract,
  ...ordersContract,
  ...reachContract,
  ...registrationContract,
  ...placeListsContract,
  ...priceRulesContract,
  ...monitorContract,
  ...logsContract,
  ...careContract,
  ...profitContract,
} satisfies Contract
export type AppContract = typeof contract

export type InputOf<C extends Channel> = z.output<C['input']>
export type OutputOf<C extends Channel> = z.output<C['output']>
/** As who asked reads it: what came back sealed is open by then. */
export type AnswerOf<C extends Channel> = Exclude<OutputOf<C>, Sealed>
export type NamesOf<C extends Contract, K extends Channel['kind']> = {
  [N in keyof C]: C[N]['kind'] extends K ? N : never
}[keyof C] &
  string

export type CallName = NamesOf<AppContract, 'query'> | NamesOf<AppContract, 'command'>
export type SubscriptionName = NamesOf<AppContract, 'subscription'>

/** One handler for each channel: a new channel does not compile until the host serves it. */
export type Handlers<C extends Contract> = {
  readonly [N in keyof C]: C[N]['kind'] extends 'subscription'
    ? (input: InputOf<C[N]>, emit: (value: OutputOf<C[N]>) => void, signal: AbortSignal) => void
    : (input: InputOf<C[N]>, signal: AbortSignal) => Promise<Result<OutputOf<C[N]>, AppError>>
}
