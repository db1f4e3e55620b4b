import type { EarningsView } from '../../shared/contract/chain-views.contract.ts'
import type { AppError } from '../../shared/errors.ts'
import type { Result } from '../../shared/result.ts'
import type { AskedMove } from '../../shared/staking/asked-move.ts'
import type { Subnet } from '../../shared/subnets/subnet.ts'
import type { Plan, TransactionRecord } from '../../shared/transactions/transaction.ts'
import { type Netuid, netuid, rao, type Ss58 } from '../../shared/units/amounts.ts'
import { formatUnits } from '../../shared/units/decimal.ts'
import type { TypedClient } from './typed-client.ts'

/** What the journey leaves: each block is one that the practice network still shows. Amounts in rao, decimal text. */
export interface DemoResult {
  readonly address: string
  readonly received: string
  readonly staked: readonly { netuid: number; hotkey: string; alpha: string; block: number }[]
  readonly unstaked: { readonly netuid: number; readonly tao: string; readonly block: number }
  readonly netuid: number
  readonly uid: number
  readonly axonBlock: number
  readonly model: string
  readonly requestsServed: number
  readonly latencyP50Ms: number
  readonly epochBlock: number
  readonly earnedAlpha: string
  readonly earnedTao: string
}

export class DemoFailure extends Error {
  readonly step: string
  readonly error: AppError
  constructor(step: string, error: AppError) {
    super(`${step}: ${error.code}`)
    this.step = step
    this.error = error
  }
}

const PASSWORD = 'practice only, nothing real'
const PLAY_MONEY = rao(1_000_000_000_000n)
const STAKES = [rao(50_000_000_000n), rao(20_000_000_000n)] as const
/** Fast blocks move prices between quote and inclusion; play money may pay for that. */
const TOLERANCE_PPM = 20_000
const WAIT_MS = 60_000

/** Steps 3 to 6 of the journey, through the contract only. */
export class DemoJourney {
  readonly #client: TypedClient
  readonly #say: (line: string) => void
  constructor(client: TypedClient, say: (line: string) => void) {
    this.#client = client
    this.#say = say
  }

  async play(): Promise<DemoResult> {
    const address = await this.#wallet()
    const received = await this.#playMoney()
    const { staked, unstaked } = await this.#stake()
    const miner = await this.#mine()
    const earned = await this.#earn(miner.netuid, miner.hotkey)
    const status = this.#need('miner', await this.#client.firstWhere('mining.status', (s) => s.answered > 0, WAIT_MS))
    return {
      address,
      received,
      staked,
      unstaked,
      netuid: miner.netuid,
      uid: miner.uid,
      axonBlock: miner.axonBlock,
      model: miner.model,
      requestsServed: status.answered,
      latencyP50Ms: Math.round(this.#known('latency', status.latencyP50Ms)),
      ...earned,
    }
  }

  async #wallet(): Promise<Ss58> {
    const draft = this.#need('draft a wallet', await this.#client.call('wallet.draft', {}))
    const checks = [1, 5, 9].map((position) => ({ position, word: draft.words[position] ?? '' }))
    const request = { draftId: draft.draftId, name: 'demo', password: PASSWORD, checks }
    const wallet = this.#need('create the wallet', await this.#client.call('wallet.create', request))
    // Making a wallet opens it; a second key derivation would only cost seconds.
    if (!wallet.unlocked)
      this.#need('unlock it', await this.#client.call('wallet.unlock', { name: wallet.name, password: PASSWORD }))
    this.#say(`Wallet ${wallet.address} made, three words asked, unlocked.`)
    return wallet.address
  }

  async #playMoney(): Promise<string> {
    const given = this.#need('play money', await this.#client.call('practice.playMoney', { amount: PLAY_MONEY }))
    const seen = this.#need(
      'balance',
      await this.#client.firstWhere('portfolio.watch', (view) => (view.data?.free ?? 0n) >= PLAY_MONEY, WAIT_MS),
    )
    const free = this.#known('balance', seen.data).free
    this.#say(`Received ${formatUnits(free)} play TAO in block ${given.outcome?.block ?? 'unknown'}.`)
    return free.toString()
  }

  async #stake(): Promise<Pick<DemoResult, 'staked' | 'unstaked'>> {
    const view = this.#need(
      'subnets',
      await this.#client.firstWhere('subnets.watch', (v) => v.data !== undefined, WAIT_MS),
    )
    const subnets = this.#known('subnets', view.data).subnets
    this.#say(`${subnets.length} subnets: ${subnets.map((s) => `${s.netuid} ${s.name}`).join(', ')}.`)
    const deepest = [...subnets]
      .filter((s) => s.netuid !== 0 && s.started)
      .sort((a, b) => (a.taoReserve > b.taoReserve ? -1 : 1))
      .slice(0, 2)
    const staked: DemoResult['staked'][number][] = []
    for (const [at, subnet] of deepest.entries()) staked.push(await this.#stakeInto(subnet, STAKES[at] ?? STAKES[0]))
    return { staked, unstaked: await this.#unstake(this.#known('position', staked[1])) }
  }

  async #stakeInto(subnet: Subnet, amount: (typeof STAKES)[number]): Promise<DemoResult['staked'][number]> {
    const validators = this.#need(
      'validators',
      await this.#client.call('subnets.validators', { netuid: subnet.netuid }),
    )
    const { hotkey } = this.#known(
      'a validator with permit',
      validators.find((v) => v.permit),
    )
    const record = await this.#move('stake', { kind: 'add', netuid: subnet.netuid, hotkey, amount })
    const { alpha } = this.#known('StakeAdded', record.outcome?.stakeAdded)
    const block = this.#known('block', record.outcome?.block)
    this.#say(
      `Staked ${formatUnits(amount)} into ${subnet.netuid} ${subnet.name}: ${formatUnits(alpha)} alpha, block ${block}.`,
    )
    return { netuid: subnet.netuid, hotkey, alpha: alpha.toString(), block }
  }

  async #unstake(position: DemoResult['staked'][number]): Promise<DemoResult['unstaked']> {
    const held = this.#need(
      'position',
      await this.#client.firstWhere(
        'portfolio.watch',
        (v) => v.data?.positions.some((p) => p.netuid === position.netuid) === true,
        WAIT_MS,
      ),
    ).data?.positions.find((p) => p.netuid === position.netuid)
    const { hotkey } = this.#known('position', held)
    const all = { kind: 'remove', netuid: netuid(position.netuid), hotkey, amount: 'max' } as const
    const record = await this.#move('unstake', all)
    const { taoRao } = this.#known('StakeRemoved', record.outcome?.stakeRemoved)
    const block = this.#known('block', record.outcome?.block)
    this.#say(`Unstaked it all from ${position.netuid}: ${formatUnits(taoRao)} play TAO, block ${block}.`)
    return { netuid: position.netuid, tao: taoRao.toString(), block }
  }

  async #mine() {
    const options = this.#need('what can be mined', await this.#client.call('mining.options', {}))
    const option = this.#known(
      'a usable subnet',
      options.find((o) => o.usable),
    )
    const hotkey = this.#need(
      'hotkey',
      await this.#client.call('wallet.createHotkey', { wallet: 'demo', name: 'miner' }),
    )
    const request = { netuid: option.netuid, hotkey: hotkey.address, tolerancePpm: 300_000 }
    const plan = this.#need('registration', await this.#client.call('registration.plan', request))
    const uid = this.#known('uid', (await this.#confirm('register', plan)).outcome?.registeredUid)
    this.#say(
      `Registered on ${option.netuid} ${option.name} as uid ${uid} for at most ${formatUnits(plan.limitPrice)}.`,
    )
    const model = this.#need('model', await this.#client.call('models.makeSelfTest', {}))
    const start = { netuid: option.netuid, hotkey: hotkey.address, modelId: model.id, port: 0 }
    this.#need('start mining', await this.#client.call('mining.start', start))
    const up = this.#need(
      'serve',
      await this.#client.firstWhere(
        'mining.status',
        (s) => s.axonBlock !== undefined || s.error !== undefined,
        WAIT_MS,
      ),
    )
    if (up.error) throw new DemoFailure('serve', up.error)
    this.#say(`Mining with "${model.name}" at ${up.endpoint ?? 'unknown'}, announced in block ${up.axonBlock}.`)
    this.#need('first request', await this.#client.firstWhere('mining.status', (s) => s.answered > 0, WAIT_MS))
    const axonBlock = this.#known('axon block', up.axonBlock)
    return { netuid: option.netuid, hotkey: hotkey.address, uid, model: model.name, axonBlock }
  }

  async #earn(on: Netuid, hotkey: Ss58): Promise<Pick<DemoResult, 'epochBlock' | 'earnedAlpha' | 'earnedTao'>> {
    const isIt = (row: EarningsView['rows'][number]) =>
      row.netuid === on &&
      row.hotkey === hotkey &&
      row.source === 'mined' &&
      row.earned > 0n &&
      row.earnedTao !== undefined
    const view = this.#need(
      'earnings',
      await this.#client.firstWhere('earnings.watch', (v) => v.data?.rows.some(isIt) === true, WAIT_MS),
    )
    const row = this.#known('row', view.data?.rows.find(isIt))
    const earnedTao = this.#known('value', row.earnedTao)
    this.#say(
      `Epoch in block ${row.epochBlock}: earned ${formatUnits(row.earned)} alpha, worth ${formatUnits(earnedTao)} play TAO.`,
    )
    return { epochBlock: row.epochBlock, earnedAlpha: row.earned.toString(), earnedTao: earnedTao.toString() }
  }

  async #move(step: string, move: AskedMove): Promise<TransactionRecord> {
    const request = { moves: [move], tolerancePpm: TOLERANCE_PPM }
    return this.#confirm(step, this.#need('quote', await this.#client.call('staking.planMoves', request)))
  }

  /** What a confirm screen does: prepare, look at the decoded bytes, send. */
  async #confirm(step: string, plan: Plan): Promise<TransactionRecord> {
    const prepared = this.#need(step, await this.#client.call('transaction.prepare', { plan }))
    return this.#need(step, await this.#client.call('transaction.send', { preparedId: prepared.preparedId }))
  }

  #need<T>(step: string, result: Result<T, AppError>): T {
    if (!result.ok) throw new DemoFailure(step, result.error)
    return result.value
  }

  #known<T>(what: string, value: T | undefined): T {
    if (value === undefined) throw new DemoFailure(what, { code: 'chain/bad-answer', what })
    return value
  }
}
