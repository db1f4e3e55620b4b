import type { AccountsPort } from '../../../electron/chain/accounts.port.ts'
import type { ChainPort, ConnectionState, SubmitEvent } from '../../../electron/chain/chain.port.ts'
import { createPolkadotChain } from '../../../electron/chain/polkadot/create-polkadot-chain.ts'
import type { WholeChain } from '../../../electron/chain/whole-chain.port.ts'
import type { ClockPort, LogPort } from '../../../electron/system/system.port.ts'
import type { StakeMovesPlan } from '../../../shared/staking/stake-move.ts'
import type { SignablePlan } from '../../../shared/transactions/transaction.ts'
import type { TestAccount } from './account.ts'

export const realClock: ClockPort = {
  nowMs: () => Date.now(),
  after: (delayMs, run) => {
    const timer = setTimeout(run, delayMs)
    return () => clearTimeout(timer)
  },
  every: (periodMs, run) => {
    const timer = setInterval(run, periodMs)
    return () => clearInterval(timer)
  },
}
export const silentLog: LogPort = { log: () => undefined }
export const newChain = (): WholeChain => createPolkadotChain({ clock: realClock, log: silentLog })
export const never = new AbortController().signal

/** Waits until the connection is in a state; rejects when it never comes, by the test's own time limit. */
export function untilState(chain: ChainPort, wanted: (state: ConnectionState) => boolean): Promise<ConnectionState> {
  return new Promise((resolve) => {
    const look = (state: ConnectionState) => {
      if (!wanted(state)) return
      stop()
      resolve(state)
    }
    const stop = chain.onState(look)
    look(chain.state())
  })
}

export const untilBlock = (chain: ChainPort, block: number): Promise<ConnectionState> =>
  untilState(chain, (state) => state.state === 'ready' && state.best.number >= block)

/** Prepares, signs, sends, and collects the events until the last one. */
export async function send(
  chain: ChainPort & AccountsPort,
  signer: TestAccount,
  plan: SignablePlan | StakeMovesPlan,
): Promise<readonly SubmitEvent[]> {
  const prepared = await prepareOf(chain, signer, plan)
  if (!prepared.ok) throw new Error(JSON.stringify(prepared.error))
  return submitAndWait(chain, prepared.value.handle, signer.sign(prepared.value.payload)).ended
}

const prepareOf = (chain: ChainPort & AccountsPort, { address }: TestAccount, plan: SignablePlan | StakeMovesPlan) =>
  plan.kind === 'stake-moves' ? chain.prepareCall(address, plan.intent) : chain.prepare(address, plan)

/** @returns both the answer of `submit` and all events up to the last. */
export function submitAndWait(chain: ChainPort, handle: string, signature: Uint8Array) {
  const events: SubmitEvent[] = []
  const ended = Promise.withResolvers<readonly SubmitEvent[]>()
  const accepted = chain.submit(handle, signature, (event) => {
    events.push(event)
    if (event.stage === 'finalized' || event.stage === 'failed' || event.stage === 'left') ended.resolve(events)
  })
  return { accepted, ended: ended.promise, events }
}

export function must<T>(result: { ok: true; value: T } | { ok: false; error: unknown }): T {
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.error)}`)
  return result.value
}
