import type { AccountsPort } from '../../../electron/chain/accounts.port.ts'
import type { ChainPort, ConnectionState, SubmitEvent, TransactionTrace } from '../../../electron/chain/chain.port.ts'
import type { StakingPort } from '../../../electron/chain/staking.port.ts'
import type { AppError } from '../../../shared/errors.ts'
import { err, ok } from '../../../shared/result.ts'
import type { Ss58 } from '../../../shared/units/amounts.ts'
import { movesSnapshot } from './moves-snapshot.ts'

type Chain = ChainPort & AccountsPort & StakingPort

/** What the world looks like in a test; changed between calls to see what the service does about it. */
export interface World {
  price: bigint
  /** What follows from the pool's reserves; absent: the same. */
  poolPrice?: bigint
  txFee: bigint
  trouble?: AppError | undefined
  block: number
  address: Ss58
  unlocked: boolean
  events: readonly SubmitEvent[]
  followEvents: readonly SubmitEvent[]
  followed: TransactionTrace[]
  /** How many went on to the network. */
  left: number
  genesis: string | undefined
  readonly networkListeners: Set<() => void>
  tellNetwork(): void
  submitted: number
  signed: number
  practice: boolean
  refusal: AppError | undefined
  readonly states: Set<(state: ConnectionState) => void>
}

/** A chain that says and does what the world says; everything else of it is not there. */
export function playedChain(world: World): Chain {
  const chain: Partial<Chain> = {
    movesSnapshot: async (coldkey, choose) => {
      const { block, price, poolPrice = price, txFee } = world
      return movesSnapshot({ coldkey, block, price, poolPrice, txFee }, choose)
    },
    state: () =>
      ({
        state: 'ready',
        reconnecting: false,
        best: { number: world.block, hash: '0x', seenAtMs: 0 },
        trouble: world.trouble,
      }) as ReturnType<ChainPort['state']>,
    prepareCall: async () =>
      ok({ payload: new Uint8Array([1]), metadata: new Uint8Array([2]), decoded: {} as never, handle: 'h' }),
    submit: async (_handle, _signature, onEvent) => {
      world.submitted += 1
      try {
        for (const event of world.events) {
          onEvent(event)
          if (event.stage === 'sending') world.left += 1
        }
      } catch {
        return err({ code: 'chain/bad-answer', what: 'submit' })
      }
      return ok({ txHash: '0xaa' })
    },
    follow: async (trace, _signer, onEvent) => {
      world.followed.push(trace)
      for (const event of world.followEvents) onEvent(event)
      return ok(null)
    },
    playMoney: async () => ok({ txHash: '0xbb', block: 7 }),
    onState: (listener) => {
      world.states.add(listener)
      return () => void world.states.delete(listener)
    },
  }
  // The cast: whoever calls what is not played finds nothing.
  return chain as Chain
}
