import type { Intent } from '../signing/intent.ts'
import type { Plan, TradePlan } from './transaction.ts'

/** What is signed for a plan of one plain call: its amounts and its limit, nothing that was only shown. */
export function intentOfTrade(plan: TradePlan): Intent {
  switch (plan.kind) {
    case 'register': {
      const { hotkey, netuid } = plan.request
      return { kind: 'register', hotkey, netuid, limit: plan.limitPrice }
    }
    case 'transfer':
      return { kind: 'transfer', to: plan.request.to, amount: plan.request.amount }
    case 'transfer-all':
      return { kind: 'transfer-all', to: plan.request.to }
  }
}

/** What is signed for any plan that a person confirms. */
export const intentOfPlan = (plan: Plan): Intent =>
  plan.kind === 'account' || plan.kind === 'stake-moves' ? plan.intent : intentOfTrade(plan)
