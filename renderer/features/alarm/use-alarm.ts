import { useEffect, useMemo, useRef, useState } from 'react'
import type { ColdkeyGuard } from '../../../shared/accounts/views.ts'
import type { WalletView } from '../../../shared/contract/wallet.contract.ts'
import type { Plan } from '../../../shared/transactions/transaction.ts'
import type { AppActions } from '../../bridge/app-actions.ts'
import { valueIn } from '../../bridge/loadable.ts'
import { type GuardedSwap, useGuard } from '../../bridge/use-guard.ts'
import { useSubscription } from '../../bridge/use-subscription.ts'
import { shortAddress } from '../../format/address.ts'

/** One announcement; a new one of the same coldkey is a new alarm. */
const nameOf = ({ swap }: GuardedSwap): string => `${swap.coldkey} ${swap.newColdkeyHash} ${swap.executableAt}`
export const ownerOf = ({ wallet, swap }: GuardedSwap): string => wallet?.name ?? shortAddress(swap.coldkey)

export interface Alarm {
  /** Foreign and not disputed, the most urgent first. */
  readonly alarms: readonly GuardedSwap[]
  /** All announcements, own and disputed ones too. */
  readonly swaps: readonly GuardedSwap[]
  /** The window is covered: at least one alarm was not put into the bar. */
  readonly covers: boolean
  readonly keepAsBar: () => void
  readonly open: () => void
  /** Why the chain would refuse this plan; the calls of a change itself pass. */
  readonly refusal: (plan: Plan) => string | undefined
}

const signerOf = (plan: Plan): string => (plan.kind === 'account' ? plan.signer : plan.coldkey)
const ofChange = (plan: Plan): boolean => plan.kind === 'account' && /coldkey-swap$/.test(plan.inner.kind)

/** What is announced against the coldkeys of this app, and whether it covers the window. */
export function useAlarm(tell: AppActions['tell']): Alarm {
  const { guard, swaps } = useGuard()
  const [barred, setBarred] = useState<ReadonlySet<string>>(new Set())
  const alarms = useMemo(() => swaps.filter(({ swap }) => guard.alarms.includes(swap.coldkey)), [guard, swaps])
  useVanished(guard, alarms, tell)
  return {
    alarms,
    swaps,
    covers: alarms.some((alarm) => !barred.has(nameOf(alarm))),
    keepAsBar: () => setBarred(new Set(alarms.map(nameOf))),
    open: () => setBarred(new Set()),
    refusal: (plan) => {
      const mine = swaps.find(({ swap }) => swap.coldkey === signerOf(plan))
      if (!mine || ofChange(plan)) return undefined
      return `A change of the coldkey of ${ownerOf(mine)} is announced. Until it is settled the chain refuses every other call.`
    },
  }
}

const NO_WALLETS: readonly WalletView[] = []

/** An announcement that is gone without a dispute was taken back, or carried out: the worst must not pass in silence. */
function useVanished(guard: ColdkeyGuard, alarms: readonly GuardedSwap[], tell: AppActions['tell']): void {
  const before = useRef<readonly GuardedSwap[]>([])
  const wallets = valueIn(useSubscription('wallet.state'))?.wallets ?? NO_WALLETS
  const watched = useRef(wallets)
  watched.current = wallets
  useEffect(() => {
    // Another network, or nothing read yet: then nothing can be said.
    if (guard.atBlock === undefined) {
      before.current = []
      return
    }
    for (const gone of before.current) {
      if (guard.swaps.some(({ swap }) => swap.coldkey === gone.swap.coldkey)) continue
      // Its wallet was removed here: nobody asks the chain about it any more.
      if (!watched.current.some(({ address }) => address === gone.swap.coldkey)) continue
      tell({
        kind: 'failed',
        title: `The announced change of ${ownerOf(gone)} is no longer on the chain.`,
        text: 'It was taken back, or carried out. Look at the portfolio now: if it is empty, everything has moved.',
      })
    }
    before.current = alarms
  }, [guard, alarms, tell])
}
