import { create } from 'zustand'
import { type ActingAccount, viaOf } from '../../shared/accounts/acting.ts'
import type { AccountPlan } from '../../shared/accounts/plan-account.ts'
import type { PortfolioView } from '../../shared/contract/chain-views.contract.ts'
import type { AppError } from '../../shared/errors.ts'
import type { StakeMovesPlan } from '../../shared/staking/stake-move.ts'
import { intentOfPlan } from '../../shared/transactions/trade-intent.ts'
import type { Plan, TradePlan } from '../../shared/transactions/transaction.ts'
import type { Ss58 } from '../../shared/units/amounts.ts'
import { failed, type Loadable, loading, ready, valueIn } from './loadable.ts'
import { useChain } from './use-chain.ts'
import { useQuestion } from './use-question.ts'
import { useQuote } from './use-quote.ts'
import { useFresh, useSubscription } from './use-subscription.ts'

/** A practice chain may make blocks faster than anybody reads, ms. */
const LEAST_MS = 2_000

/** A choice holds for the wallet and the chain that it was made with, and for no other. */
interface ActingStore {
  readonly chosen: { readonly wallet: Ss58; readonly genesis: string; readonly address: Ss58 } | undefined
  userChose(chosen: ActingStore['chosen']): void
}
const useActingStore = create<ActingStore>()((set) => ({
  chosen: undefined,
  userChose: (chosen) => set({ chosen }),
}))

export interface Acting {
  /** `undefined`: the wallet acts for itself. */
  readonly account: ActingAccount | undefined
  readonly choices: readonly ActingAccount[]
  /** @param address of one of `choices`; absent: the wallet itself */
  choose(address?: Ss58): void
}

export function useActing(): Acting {
  const others = valueIn(useSubscription('account.others'))
  const { chosen, userChose } = useActingStore()
  const { wallet, genesis } = others ?? {}
  const choices: readonly ActingAccount[] = [
    ...(others?.shared ?? [])
      .filter(({ members }) => wallet !== undefined && members.includes(wallet))
      .map((account) => ({ kind: 'multisig', ...account }) as const),
    ...(others?.proxyOf ?? []).map((address) => ({ kind: 'proxy', address }) as const),
  ]
  const holds = chosen !== undefined && chosen.wallet === wallet && chosen.genesis === genesis
  return {
    account: holds ? choices.find(({ address }) => address === chosen.address) : undefined,
    choices,
    choose: (address) => userChose(address && wallet && genesis ? { wallet, genesis, address } : undefined),
  }
}

/** What a question about the account of now carries: nothing when the wallet acts for itself. */
export function useForAccount(): { readonly account?: Ss58 } {
  const { account } = useActing()
  return account ? { account: account.address } : {}
}

/**
 * As {@link useForAccount}, for plans of several calls: a proxy of staking may not make batches, so each is signed by itself.
 */
export function useForAccountOneByOne(): { readonly account?: Ss58; readonly oneByOne?: true } {
  const { account } = useActing()
  if (!account) return {}
  return account.kind === 'proxy' ? { account: account.address, oneByOne: true } : { account: account.address }
}

/** A plan as it will be reviewed: the plan itself, or wrapped in what acting for another account needs. */
export interface ActedPlan {
  readonly account: ActingAccount | undefined
  /** What is reviewed and signed; absent while there is none. */
  readonly plan: Plan | undefined
  /** Present when the wallet acts for another account: who signs, what it costs whom, when it happens. */
  readonly wrapped: AccountPlan | undefined
  readonly state: 'idle' | 'loading' | 'ready' | 'failed'
  readonly error: AppError | undefined
}

export function useActedPlan(plan: TradePlan | StakeMovesPlan | undefined): ActedPlan {
  const { account } = useActing()
  const typedTo = plan && 'typedTo' in plan.request ? plan.request.typedTo : undefined
  const despiteDoubts = plan?.kind === 'stake-moves' ? plan.request.despiteDoubts : undefined
  const answer = useQuote(
    'account.plan',
    account && plan ? { via: viaOf(account), intent: intentOfPlan(plan), typedTo, despiteDoubts } : undefined,
  )
  if (!account) return { account, plan, wrapped: undefined, state: plan ? 'ready' : 'idle', error: undefined }
  const wrapped = answer.state === 'ready' ? answer.value : undefined
  const error = answer.state === 'failed' ? answer.error : undefined
  return { account, plan: wrapped, wrapped, state: answer.state, error }
}

/** Why a plan for another account cannot be reviewed yet; `undefined` when it can, or when there is none. */
export function whyNotActed({ account, state }: ActedPlan): string | undefined {
  if (!account || state === 'ready' || state === 'idle') return undefined
  return state === 'failed' ? 'It was refused.' : 'What the signature needs is on its way.'
}

/** Balance and positions of the account that is acted for, else of the wallet. */
export function useShownPortfolio(): Loadable<PortfolioView> {
  const { stale, blockMs } = useChain()
  const { account } = useActing()
  const own = useFresh('portfolio.watch', stale)
  const other = useQuestion('portfolio.get', account && { coldkey: account.address }, {
    freshForMs: blockMs,
    everyMs: Math.max(LEAST_MS, blockMs),
  })
  if (!account) return own
  if (other.state === 'ready') return ready(other.value, stale)
  return other.state === 'failed' ? failed(other.error) : loading
}
