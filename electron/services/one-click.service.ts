import { z } from 'zod'
import { type GoView, goState, type Proposal } from '../../shared/contract/one-click.contract.ts'
import type { AppError } from '../../shared/errors.ts'
import {
  GO_IDLE,
  type GoChoice,
  type GoEvent,
  type GoState,
  goSteps,
  isGoing,
  reduceGo,
} from '../../shared/mining/one-click.ts'
import type { Candidate } from '../../shared/mining/propose.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import type { Rao } from '../../shared/units/amounts.ts'
import type { LlmSpeed } from '../llm/llm.port.ts'
import { StorageFailure } from '../storage/storage.port.ts'
import { Listeners } from './live-read.ts'
import { checkAll, sealedHotkey } from './one-click-check.ts'
import type { OneClickDeps } from './one-click-deps.ts'
import { chosen, type GoWish, proposal } from './one-click-propose.ts'
import { benchmark, download, follow, register, serve } from './one-click-steps.ts'

const speed = z.object({ tokensPerSecond: z.number(), promptTokensPerSecond: z.number() })
/** What is on disk. */
const kept = z.object({ state: goState, speeds: z.record(z.string(), speed) })

/** One other registration in the same block makes a place 26 % dearer; this leaves room for one. Parts per million. */
const TOLERANCE_PPM = 300_000
const badInput = (issue: string): Result<never, AppError> => err({ code: 'contract/bad-input', issues: [issue] })

/** Walks the way from one press to mining, step by step, and keeps where it stands on disk: whoever is ended goes on there. */
export class OneClickService {
  readonly #deps: OneClickDeps
  readonly #changed = new Listeners<void>()
  readonly #speeds = new Map<string, LlmSpeed>()
  readonly #offs: (() => void)[]
  #state: GoState = GO_IDLE
  #wish: GoWish = {}
  /** When a person was asked: an older registration is not the answer. */
  #askedAtMs = 0
  #walk: AbortController | undefined

  constructor(deps: OneClickDeps) {
    this.#deps = deps
    this.#load()
    this.#offs = [
      deps.mining.onStatus(() => this.#followMiner()),
      deps.transactions.onChange(() => this.#lookForSigned()),
      deps.network.onChange(() => this.#followNetwork()),
    ]
  }

  /** @returns a function that stops listening. */
  onChange(listener: () => void): () => void {
    return this.#changed.add(listener)
  }

  view(): GoView {
    return { ...this.#state, steps: goSteps(this.#state) }
  }

  /** @errors those of `one-click-propose.ts` */
  propose(): Promise<Result<Proposal, AppError>> {
    return proposal(this.#deps)
  }

  /**
   * Begins. Answers when it is chosen what is mined, or why nothing is; the rest shows in the view.
   * @errors mining/already-running, and those of choosing
   */
  async go(wish: GoWish): Promise<Result<GoView, AppError>> {
    const { state } = this.#deps.mining.status()
    if (isGoing(this.#state) || (state !== 'off' && state !== 'failed')) return err({ code: 'mining/already-running' })
    if (this.#state.sent !== undefined) return badInput('A registration is on its way: go on with it first.')
    this.#wish = wish
    this.#dispatch({ kind: 'go' })
    void this.#go()
    await this.#until((now) => now.step !== 'choose' || now.phase !== 'running')
    if (this.#state.phase === 'failed' && this.#state.step === 'choose' && this.#state.error) {
      const { error } = this.#state
      this.#dispatch({ kind: 'dismissed' })
      return err(error)
    }
    return ok(this.view())
  }

  /**
   * Agrees to what is spent, at most `mostCost` rao, and registers. Answers when the place is ours, or why not.
   * @errors keys/locked, keys/hotkey-locked, register/price-above-limit, and those of preparing, signing and sending
   */
  async confirm({ mostCost }: { readonly mostCost: Rao }): Promise<Result<GoView, AppError>> {
    const { phase, terms, choice } = this.#state
    if (phase !== 'asking' || !terms?.place || !choice) return badInput('Nothing waits for a confirm.')
    const { mostCost: asked } = terms.place
    if (mostCost < asked) return err({ code: 'register/price-above-limit', price: asked, limit: mostCost })
    const wallet = this.#deps.wallets.active()
    if (wallet?.address !== choice.coldkey) return err({ code: 'keys/other-account', planned: choice.coldkey })
    if (wallet.watchOnly) return err({ code: 'keys/watch-only', name: wallet.name })
    if (!wallet.unlocked) return err({ code: 'keys/locked' })
    const sealed = sealedHotkey(this.#deps, choice)
    if (sealed) return err(sealed)
    this.#dispatch({ kind: 'agreed', mostCost })
    void this.#go()
    await this.#until((now) => now.step !== 'register' || now.phase !== 'running')
    const { error } = this.#state
    return error ? err(error) : ok(this.view())
  }

  /** Stops where it is. A part of a download stays; what was sent is followed further. */
  async cancel(): Promise<Result<GoView, AppError>> {
    const wasMining = this.#state.phase === 'mining'
    this.#dispatch(wasMining ? { kind: 'ended' } : { kind: 'cancelled' })
    this.#walk?.abort()
    if (wasMining) await this.#deps.mining.stop()
    this.#followSent()
    return ok(this.view())
  }

  /**
   * @param acceptLicence the licence of the model, where it is accepted only now
   * @errors mining/already-running
   */
  async resume({ acceptLicence }: Pick<GoWish, 'acceptLicence'> = {}): Promise<Result<GoView, AppError>> {
    const { state } = this.#deps.mining.status()
    if (state !== 'off' && state !== 'failed') return err({ code: 'mining/already-running' })
    // What is under way is not begun over: that would cut its own download off.
    if (isGoing(this.#state)) return ok(this.view())
    this.#walk?.abort()
    if (acceptLicence !== undefined) this.#wish = { ...this.#wish, acceptLicence }
    this.#dispatch({ kind: 'resumed' })
    void this.#go()
    return ok(this.view())
  }

  async dismiss(): Promise<Result<GoView, AppError>> {
    this.#dispatch({ kind: 'dismissed' })
    return ok(this.view())
  }

  close(): void {
    for (const off of this.#offs) off()
    this.#walk?.abort()
  }

  /** One step after the other, until somebody is asked, it fails, or the miner is up. */
  async #go(): Promise<void> {
    this.#walk?.abort()
    const walk = new AbortController()
    this.#walk = walk
    const { signal } = walk
    while (!signal.aborted && this.#state.phase === 'running') {
      const before = this.#state
      let event: GoEvent | undefined
      try {
        event = await this.#step(signal)
      } catch (cause) {
        this.#deps.log.log('error', 'one-click.step', { step: before.step, reason: String(cause) })
        event = { kind: 'failed', error: thrownError(cause, before.step) }
      }
      if (signal.aborted) return
      if (event) this.#dispatch(event)
      // An event that did not fit would come again and again.
      if (this.#state === before) return
    }
  }

  #step(signal: AbortSignal): Promise<GoEvent | undefined> {
    const state = this.#state
    const { step, choice, sent } = state
    const tell = (note: string, fraction?: number) => {
      if (!signal.aborted) this.#dispatch({ kind: 'told', step, note, fraction })
    }
    const going = { signal, tell }
    if (step === 'choose') return this.#choose()
    if (!choice) return Promise.resolve({ kind: 'failed', error: { code: 'mining/nothing-proposed' } })
    const chain = this.#deps.network.genesis()
    // What was chosen, agreed to and sent on one chain goes on there and nowhere else.
    if (chain !== undefined && chain !== choice.genesis)
      return Promise.resolve({ kind: 'failed', error: { code: 'chain/not-connected' } })
    switch (step) {
      case 'check':
        return checkAll(this.#deps, choice, going)
      case 'download':
        return download(this.#deps, { modelId: choice.modelId, acceptLicence: this.#wish.acceptLicence }, going)
      case 'benchmark':
        return benchmark(this.#deps, state, { ...going, speeds: this.#speedBook() })
      case 'register':
        if (sent !== undefined) return follow(this.#deps, choice, { preparedId: sent, signal })
        return register(this.#deps, choice, {
          ...going,
          state: () => this.#state,
          dispatch: (event) => this.#dispatch(event),
        })
      case 'serve':
        return serve(this.#deps, state, going)
      default:
        return Promise.resolve(undefined)
    }
  }

  #speedBook() {
    return {
      get: (key: string) => this.#speeds.get(key),
      keep: (key: string, measured: LlmSpeed) => void this.#speeds.set(key, measured),
    }
  }

  async #choose(): Promise<GoEvent> {
    const found = await chosen(this.#deps, this.#wish)
    if (!found.ok) return { kind: 'failed', error: found.error }
    const choice = await this.#choiceOf(found.value)
    return choice.ok ? { kind: 'chose', choice: choice.value } : { kind: 'failed', error: choice.error }
  }

  /** Where the wallet has no hotkey, one is made: it costs nothing, holds no money and needs no password. */
  async #choiceOf(candidate: Candidate): Promise<Result<GoChoice, AppError>> {
    const { wallets, network } = this.#deps
    const wallet = wallets.active()
    const on = network.choice()
    const genesis = network.genesis()
    if (!on || genesis === undefined) return err({ code: 'chain/not-connected' })
    if (!wallet) return err({ code: 'keys/no-wallet' })
    const { netuid, subnetName, adapter, adapterTitle, modelId, modelName, hotkeyName } = candidate
    let { hotkey } = candidate
    if (hotkey === undefined) {
      const made = await wallets.manage({ kind: 'create-hotkey', wallet: wallet.name, name: hotkeyName })
      if (!made.ok) return made
      hotkey = made.value.address
    }
    const { understood = false, tolerancePpm = TOLERANCE_PPM } = this.#wish
    const what = { netuid, subnetName, hotkey, hotkeyName, adapter, adapterTitle, modelId, modelName }
    return ok({ ...what, network: on.kind, genesis, coldkey: wallet.address, understood, tolerancePpm })
  }

  #followMiner(): void {
    if (this.#state.phase !== 'mining') return
    const { state, error } = this.#deps.mining.status()
    if (state === 'off') this.#dispatch({ kind: 'ended' })
    if (state === 'failed') this.#dispatch({ kind: 'failed', error: error ?? { code: 'contract/cancelled' } })
  }

  /** A person may sign in the window that shows the bytes of it: then it is on its way, and is followed from here. */
  #lookForSigned(): void {
    const { phase, choice } = this.#state
    if (phase !== 'asking' || !choice) return
    const mine = this.#deps.transactions
      .records()
      .find(
        ({ kind, netuid, hotkey, genesis, stage, preparedId, startedAtMs }) =>
          kind === 'register' &&
          startedAtMs >= this.#askedAtMs &&
          netuid === choice.netuid &&
          hotkey === choice.hotkey &&
          genesis === choice.genesis &&
          stage !== 'failed' &&
          preparedId !== undefined,
      )
    if (mine?.preparedId === undefined) return
    this.#dispatch({ kind: 'signed', preparedId: mine.preparedId })
    void this.#go()
  }

  /** On another chain, nothing of this one goes on. */
  #followNetwork(): void {
    const { choice } = this.#state
    const genesis = this.#deps.network.genesis()
    if (choice && genesis !== undefined && genesis !== choice.genesis && isGoing(this.#state)) void this.cancel()
    this.#followSent()
  }

  /** What was sent is followed, though nothing goes on after it. */
  #followSent(): void {
    const { phase, choice, sent } = this.#state
    if (phase !== 'stopped' || !choice || sent === undefined) return
    if (this.#deps.network.genesis() !== choice.genesis) return
    this.#walk?.abort()
    const walk = new AbortController()
    this.#walk = walk
    void follow(this.#deps, choice, { preparedId: sent, signal: walk.signal }).then((event) => {
      if (event && !walk.signal.aborted) this.#dispatch(event)
    })
  }

  #until(reached: (state: GoState) => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = () => {
        if (!reached(this.#state)) return
        queueMicrotask(() => off())
        resolve()
      }
      const off = this.#changed.add(look)
      look()
    })
  }

  #load(): void {
    const text = this.#deps.goFile.read()
    if (text === undefined) return
    try {
      const found = z.safeDecode(kept, JSON.parse(text) as z.input<typeof kept>)
      if (!found.success) return
      for (const [key, measured] of Object.entries(found.data.speeds)) this.#speeds.set(key, measured)
      this.#state = reduceGo(found.data.state, { kind: 'restarted' })
    } catch {
      this.#deps.log.log('warn', 'one-click.file', { reason: 'cannot be read' })
    }
  }

  /** Before anything is spent it is on disk that it is going to be: a disk that is full stops it here. @throws StorageFailure */
  #dispatch(event: GoEvent): void {
    const before = this.#state
    const next = reduceGo(before, event)
    if (next === before) return
    if (event.kind !== 'told') this.#keep(next, event.kind === 'sending')
    if (next.phase === 'asking' && before.phase !== 'asking') this.#askedAtMs = this.#deps.clock.nowMs()
    this.#state = next
    this.#changed.tell()
  }

  #keep(state: GoState, isNeeded: boolean): void {
    const text = z.encode(kept, { state, speeds: Object.fromEntries(this.#speeds) })
    try {
      this.#deps.goFile.write(JSON.stringify(text))
    } catch (cause) {
      if (isNeeded) throw cause
      this.#deps.log.log('warn', 'one-click.file', { reason: String(cause) })
    }
  }
}

/** A full disk is the user's to mend; everything else that is thrown is our bug. */
const thrownError = (cause: unknown, step: string): AppError =>
  cause instanceof StorageFailure && cause.kind === 'disk-full'
    ? { code: 'storage/disk-full', path: cause.path, neededBytes: 0 }
    : { code: 'internal', incident: `one-click-${step}` }
