import { useMemo } from 'react'
import type { JudgedSwap } from '../../shared/accounts/coldkey-swap.ts'
import type { ColdkeyGuard } from '../../shared/accounts/views.ts'
import type { WalletView } from '../../shared/contract/wallet.contract.ts'
import { valueIn } from './loadable.ts'
import { useChain } from './use-chain.ts'
import { useSubscription } from './use-subscription.ts'

const NONE: ColdkeyGuard = { swaps: [], alarms: [] }

export interface GuardedSwap extends JudgedSwap {
  /** The wallet that holds the key; where there is none, one that watches the address. */
  readonly wallet: WalletView | undefined
  /** Blocks from the announcement until it can be carried out; unknown until the chain told. */
  readonly delayBlocks: number | undefined
  /** Counted to the newest block that this window knows. */
  readonly blocksNow: number
  readonly msNow: number
}

/** Announced changes of coldkey of all wallets, the most urgent first. */
export function useGuard(): { readonly guard: ColdkeyGuard; readonly swaps: readonly GuardedSwap[] } {
  const guard = valueIn(useSubscription('account.guard')) ?? NONE
  const wallets = valueIn(useSubscription('wallet.state'))?.wallets
  const { block, blockMs } = useChain()
  const swaps = useMemo(() => {
    const counted = guard.swaps.map((judged): GuardedSwap => {
      const of = (wallets ?? []).filter(({ address }) => address === judged.swap.coldkey)
      const now = Math.max(block ?? 0, guard.atBlock ?? 0)
      const blocksNow = Math.max(0, judged.swap.executableAt - now)
      const wallet = of.find(({ watchOnly }) => !watchOnly) ?? of[0]
      return { ...judged, wallet, delayBlocks: guard.delayBlocks, blocksNow, msNow: blocksNow * blockMs }
    })
    return counted.sort((a, b) => a.swap.executableAt - b.swap.executableAt)
  }, [guard, wallets, block, blockMs])
  return { guard, swaps }
}
