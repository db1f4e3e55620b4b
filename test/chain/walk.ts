import type { SubmitEvent } from '../../electron/chain/chain.port.ts'
import { StakeMovesService } from '../../electron/services/stake-moves.service.ts'
import type { WalletService } from '../../electron/services/wallet.service.ts'
import type { AppError } from '../../shared/errors.ts'
import type { Result } from '../../shared/result.ts'
import type { Intent } from '../../shared/signing/intent.ts'
import type { StakeMovesPlan } from '../../shared/staking/stake-move.ts'
import { compareMoves, isBroken, predictedBy } from '../../shared/transactions/predicted.ts'
import type { Outcome, SignablePlan } from '../../shared/transactions/transaction.ts'
import type { Netuid, RaoPerAlpha, Ss58 } from '../../shared/units/amounts.ts'
import { type newChain, untilBlock } from '../support/chain/chain-session.ts'
import { type Report, said } from './report.ts'
import type { TestSigner } from './signer.ts'

export type Chain = ReturnType<typeof newChain>

export interface Walk {
  readonly chain: Chain
  readonly account: TestSigner
  readonly report: Report
  readonly moves: StakeMovesService
}

/** Where stake goes. */
export interface Places {
  readonly netuid: Netuid
  readonly hotkey: Ss58
  /** Another validator of the same subnet. */
  readonly otherHotkey?: Ss58 | undefined
  readonly otherNetuid?: Netuid | undefined
  readonly rootHotkey: Ss58
  /** False: this runtime has no `sim_swap_*`. */
  readonly simulates: boolean
  /** Rao for one alpha now, as the chain names it; absent: it names none. */
  readonly price?: RaoPerAlpha | undefined
}

export const TAO = 1_000_000_000n
/** A stranger's node may be slow, and so may its blocks; a stake of one TAO moves no price by more. */
export const TOLERANCE_PPM = 50_000

/** The tolerance, and where nothing is simulated the same distance as a limit that is said. */
export const termsOf = ({ simulates }: Pick<Places, 'simulates'>) => ({
  tolerancePpm: TOLERANCE_PPM,
  ...(simulates ? {} : { limitFromSpotPpm: TOLERANCE_PPM }),
})

/** The app's own planner, for one account whose key is here. Of blocks before it knows nothing. */
export function movesFor(chain: Chain, { address }: TestSigner): StakeMovesService {
  const wallet = { name: 'chain', address, unlocked: true }
  return new StakeMovesService({
    chain,
    wallets: { active: () => wallet } as unknown as WalletService,
    recipients: { refusal: async () => undefined },
    markets: { history: () => ({ ok: true, value: { samples: [] } }) },
  })
}

type Sendable = Intent | SignablePlan
const isPlan = (what: Sendable): what is SignablePlan => 'coldkey' in what

/** Signs, sends and waits for the block that has it. @returns `undefined` when it failed, which is reported */
export async function sent(
  it: Walk,
  what: string,
  { call, by = it.account }: { readonly call: Sendable; readonly by?: TestSigner },
): Promise<Outcome | undefined> {
  const { chain, report } = it
  const prepared = isPlan(call) ? await chain.prepare(by.address, call) : await chain.prepareCall(by.address, call)
  if (!prepared.ok) {
    report.took(what, prepared, () => '')
    return undefined
  }
  const { handle, payload } = prepared.value
  const last = await inBlock(chain, handle, by.sign(payload))
  if (last.stage !== 'in-block') {
    report.failed(what, said(last))
    return undefined
  }
  await untilBlock(chain, last.outcome.block)
  return last.outcome
}

type Ended = Extract<SubmitEvent, { readonly stage: 'in-block' | 'failed' | 'left' }>

function inBlock(chain: Chain, handle: string, signature: Uint8Array): Promise<Ended> {
  return new Promise((resolve) => {
    const onEvent = (event: SubmitEvent) => {
      if (event.stage === 'in-block' || event.stage === 'failed' || event.stage === 'left') resolve(event)
    }
    void chain.submit(handle, signature, onEvent).then((taken) => {
      if (!taken.ok) resolve({ stage: 'failed', error: taken.error })
    })
  })
}

export const inWords = ({ block, feeRao }: Outcome): string => `in block ${block}, fee ${feeRao ?? 'unknown'} rao`

/** Does what an intent says, and reports it. */
export async function called(it: Walk, what: string, call: Intent): Promise<boolean> {
  const outcome = await sent(it, what, { call })
  if (outcome) it.report.done(what, inWords(outcome))
  return outcome !== undefined
}

/** Carries a plan out as it says: in one call, or one after the other; what happened is held against what was planned. */
export async function carriedOut(
  it: Walk,
  what: string,
  made: Result<StakeMovesPlan, AppError>,
): Promise<StakeMovesPlan | undefined> {
  const { report } = it
  if (!made.ok) {
    report.took(what, made, () => '')
    return undefined
  }
  const plan = made.value
  for (const doubt of plan.doubts) report.failed(`${what}, a second source`, said(doubt))
  const calls = plan.carry === 'queue' ? plan.steps.map(({ intent }) => intent) : [plan.intent]
  const outcomes: Outcome[] = []
  for (const call of calls) {
    const outcome = await sent(it, what, { call })
    if (!outcome) return undefined
    outcomes.push(outcome)
  }
  const predicted = predictedBy(plan)
  const compared = outcomes.flatMap((outcome, at) => {
    const of = plan.carry === 'queue' ? predicted.slice(at, at + 1) : predicted
    return compareMoves({ predicted: of, outcome }) ?? []
  })
  const wrong = compared.filter((one) => isBroken(one) || one.verdict === 'failed')
  const happened = compared.map((one, at) => `${one.verdict}, ${one.received ?? 'unknown'} ${boundOf(plan, at)}`)
  if (wrong.length > 0) report.failed(what, said(wrong))
  else report.done(what, `${outcomes.map(inWords).join('; ')}: ${happened.join('; ') || 'the events do not tell'}`)
  return wrong.length > 0 ? undefined : plan
}

function boundOf({ steps }: StakeMovesPlan, at: number): string {
  const { expected, worst, limitPrice, limitRatio } = steps[at] ?? {}
  const limit = limitPrice ?? limitRatio
  return `(expected ${expected ?? 'unknown'}, at least ${worst ?? 'unknown'}${limit === undefined ? '' : `, limit ${limit}`})`
}
