import type { MiningStatus } from '../../shared/contract/mining.contract.ts'
import type { ModelView } from '../../shared/contract/models.contract.ts'
import type { AppError } from '../../shared/errors.ts'
import { covers, type GoChoice, type GoEvent, type GoState } from '../../shared/mining/one-click.ts'
import { ON_SERVERS } from '../../shared/mining/propose.ts'
import type { RegisterPlan } from '../../shared/registration/plan-register.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import type { TransactionRecord } from '../../shared/transactions/transaction.ts'
import type { Rao } from '../../shared/units/amounts.ts'
import type { LlmSpeed } from '../llm/llm.port.ts'
import { placeOf, readTerms } from './one-click-check.ts'
import type { OneClickDeps } from './one-click-deps.ts'

/** Of a step under way. */
export interface Going {
  readonly signal: AbortSignal
  tell(note: string, fraction?: number): void
}

const failed = (error: AppError): GoEvent => ({ kind: 'failed', error })
const cancelled: AppError = { code: 'contract/cancelled' }

/** The first answer that `look` gives; asked again at each change, until somebody ends it. */
function firstOf<T>(
  look: () => T | undefined | Promise<T | undefined>,
  onChange: (listener: () => void) => () => void,
  signal: AbortSignal,
): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      off()
      signal.removeEventListener('abort', left)
    }
    const end = (value: T | undefined) => {
      stop()
      resolve(value)
    }
    const left = () => end(undefined)
    const ask = async () => {
      try {
        const value = await look()
        if (value !== undefined) end(value)
      } catch (cause) {
        // What a look throws ends the step, and not the program.
        stop()
        reject(cause)
      }
    }
    const off = onChange(() => void ask())
    signal.addEventListener('abort', left)
    if (signal.aborted) return left()
    void ask()
  })
}

const megabytes = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`

/** Fetches the model, or goes on with its part. */
export async function download(
  deps: OneClickDeps,
  { modelId, acceptLicence }: { readonly modelId: string | undefined; readonly acceptLicence: string | undefined },
  { signal, tell }: Going,
): Promise<GoEvent> {
  const skipped = (value: string): GoEvent => ({ kind: 'skipped', step: 'download', value })
  if (modelId === undefined) return skipped('no model is needed')
  if (modelId === ON_SERVERS) return skipped('your servers compute')
  const find = async () => (await deps.models.list()).find(({ id }) => id === modelId)
  const model = await find()
  if (!model) return failed({ code: 'model/unknown', id: modelId })
  if (model.state === 'ready') return skipped(`${model.name} is here`)
  const begun = await deps.models.download(modelId, acceptLicence)
  if (!begun.ok && begun.error.code !== 'model/busy') return failed(begun.error)
  const stop = () => void deps.models.cancel(modelId)
  signal.addEventListener('abort', stop)
  try {
    const ended = await firstOf(
      async () => {
        const now = downloadEnd(await find(), tell)
        if (!now || now.ok) return now
        const end = await deps.models.downloadEnd(modelId)
        return end?.ok === false ? end : downloadEnd(await find(), tell)
      },
      (listener) => deps.models.onChange(listener),
      signal,
    )
    if (!ended || signal.aborted) return failed(cancelled)
    return ended.ok
      ? { kind: 'passed', step: 'download', value: megabytes(ended.value.sizeBytes) }
      : failed(ended.error)
  } finally {
    signal.removeEventListener('abort', stop)
  }
}

function downloadEnd(model: ModelView | undefined, tell: Going['tell']): Result<ModelView, AppError> | undefined {
  if (!model) return err(cancelled)
  if (model.state === 'ready') return ok(model)
  if (model.state !== 'downloading') return err(model.error ?? cancelled)
  const { downloadedBytes, sizeBytes } = model
  tell(
    `${megabytes(downloadedBytes)} of ${megabytes(sizeBytes)}`,
    sizeBytes > 0 ? downloadedBytes / sizeBytes : undefined,
  )
  return undefined
}

const speedText = ({ tokensPerSecond, promptTokensPerSecond }: LlmSpeed): string =>
  `${tokensPerSecond.toFixed(tokensPerSecond < 10 ? 1 : 0)} tokens a second; reads ${promptTokensPerSecond.toFixed(0)}`

/** What was measured stays good for one model on one machine. */
export interface Speeds {
  get(key: string): LlmSpeed | undefined
  keep(key: string, speed: LlmSpeed): void
}

/** Loads the model and measures it alone. It leaves memory again: whoever is asked may take hours to answer. */
export async function benchmark(
  deps: OneClickDeps,
  { choice, terms }: Pick<GoState, 'choice' | 'terms'>,
  { signal, tell, speeds }: Going & { readonly speeds: Speeds },
): Promise<GoEvent> {
  const modelId = choice?.modelId
  if (modelId === undefined) return { kind: 'skipped', step: 'benchmark', value: 'no model is needed' }
  if (modelId === ON_SERVERS) return { kind: 'skipped', step: 'benchmark', value: 'your servers compute' }
  const key = `${modelId}\n${terms?.hardware ?? ''}`
  const known = speeds.get(key)
  if (known) return { kind: 'skipped', step: 'benchmark', value: `${speedText(known)}, as measured before` }
  const file = await deps.modelFiles.pathOf(modelId)
  if (!file.ok) return failed(file.error)
  tell('loading the model')
  const reserve = deps.settings.get().modelReserve
  const loaded = await deps.llm.load({
    file: file.value,
    reserve,
    onProgress: (fraction) => tell('loading the model', fraction),
    signal,
  })
  if (!loaded.ok) return failed(loaded.error)
  tell('measuring')
  const speed = await deps.llm.benchmark(signal)
  const { state } = deps.mining.status()
  // A miner that somebody started meanwhile has its own model loaded by now.
  if (state === 'off' || state === 'failed') await deps.llm.unload()
  if (signal.aborted) return failed(cancelled)
  // A model that embeds or ranks writes nothing that could be timed.
  if (!speed.ok && speed.error.code === 'model/cannot')
    return { kind: 'skipped', step: 'benchmark', value: 'a model of this kind is not measured' }
  if (!speed.ok) return failed(speed.error)
  speeds.keep(key, speed.value)
  return { kind: 'passed', step: 'benchmark', value: speedText(speed.value) }
}

const above = ({ mostCost, price }: RegisterPlan, bound: Rao | undefined): AppError => ({
  code: 'register/price-above-limit',
  price: mostCost,
  limit: bound ?? price,
})

export interface Registering extends Going {
  state(): GoState
  dispatch(event: GoEvent): void
}

/** Reads everything once more, and sends only what was agreed to. @returns the event that ends the step, if one does */
export async function register(
  deps: OneClickDeps,
  choice: GoChoice,
  { signal, state, dispatch, tell }: Registering,
): Promise<GoEvent | undefined> {
  const now = await readTerms(deps, choice)
  if (signal.aborted) return undefined
  if (!now.ok) return failed(now.error)
  const { terms, uid, plan } = now.value
  if (uid !== undefined || !plan) return { kind: 'registered', uid: uid ?? 0, value: `uid ${uid} was there already` }
  const bound = state().agreed?.mostCost
  dispatch({
    kind: 'quoted',
    terms,
    error: bound === undefined || plan.mostCost > bound ? above(plan, bound) : undefined,
  })
  if (state().step !== 'register') return undefined
  const prepared = await deps.transactions.prepare(plan)
  if (signal.aborted) return undefined
  if (!prepared.ok) return failed(prepared.error)
  const { preparedId, plan: fresh } = prepared.value
  // Planned again while it was prepared: still no dearer than what was agreed to, and as much of it bound.
  if (fresh.kind !== 'register') return failed(cancelled)
  const newest = { ...terms, place: placeOf(fresh) }
  if (bound === undefined || fresh.mostCost > bound)
    return { kind: 'quoted', terms: newest, error: above(fresh, bound) }
  if (!covers({ agreed: state().agreed, terms: newest })) return { kind: 'quoted', terms: newest }
  dispatch({ kind: 'sending', preparedId })
  if (state().sent !== preparedId) return undefined
  tell('waiting for a block')
  const sent = await deps.transactions.send(preparedId)
  return endOf(deps, choice, { preparedId, error: sent.ok ? undefined : sent.error })
}

const isOver = ({ stage }: TransactionRecord): boolean =>
  stage === 'in-block' || stage === 'finalized' || stage === 'failed'

/** Waits for what became of it, however it was sent and however long ago. */
export async function follow(
  deps: OneClickDeps,
  choice: GoChoice,
  { preparedId, signal }: { readonly preparedId: string; readonly signal: AbortSignal },
): Promise<GoEvent | undefined> {
  const find = () => deps.storage.transactionOf(choice.genesis, preparedId)
  if (!find()) return { kind: 'unsent', error: cancelled }
  const ended = await firstOf(
    () => {
      const record = find()
      return record && isOver(record) ? record : undefined
    },
    (listener) => deps.transactions.onChange(listener),
    signal,
  )
  return ended && !signal.aborted ? endOf(deps, choice, { preparedId, error: ended.error }) : undefined
}

/** By the chain first: a place that is there was paid for, whatever we were told of the way. */
async function endOf(
  deps: OneClickDeps,
  choice: GoChoice,
  { preparedId, error }: { readonly preparedId: string; readonly error: AppError | undefined },
): Promise<GoEvent | undefined> {
  const record = deps.storage.transactionOf(choice.genesis, preparedId)
  const why = error ?? record?.error ?? cancelled
  if (!record) return { kind: 'unsent', error: why }
  if (record.stage === 'failed') return { kind: 'refused', error: why }
  // Lost from sight: it may still come, so nothing is sent in its place.
  if (!isOver(record)) return { kind: 'failed', error: why }
  const uid = record.outcome?.registeredUid ?? (await uidNow(deps, choice))
  if (uid === undefined) return { kind: 'refused', error: why }
  return { kind: 'registered', uid, value: `uid ${uid}, in block ${record.outcome?.block ?? 'unknown'}` }
}

async function uidNow({ chain }: OneClickDeps, { netuid, hotkey }: GoChoice): Promise<number | undefined> {
  const snapshot = await chain.minerSnapshot(netuid, hotkey)
  return snapshot.ok ? snapshot.value.uid : undefined
}

const STEP_WORD = {
  check: 'checking',
  load: 'loading the model',
  serve: 'opening the server',
  announce: 'announcing',
  mine: '',
}

/** Has the miner begin, and waits until it answers and the chain names its address. */
export async function serve(
  { mining }: OneClickDeps,
  { choice, endpoint }: Pick<GoState, 'choice' | 'endpoint'>,
  { signal, tell }: Going,
): Promise<GoEvent> {
  if (!choice) return failed(cancelled)
  const show = () => {
    const now = mining.status().steps.find(({ state }) => state === 'running')
    if (now && now.step !== 'mine') tell([STEP_WORD[now.step], now.value].filter(Boolean).join(': '), now.fraction)
  }
  const off = mining.onStatus(show)
  const stop = () => void mining.stop()
  signal.addEventListener('abort', stop)
  try {
    const { netuid, hotkey, adapter, understood, modelId } = choice
    const computing = modelId === ON_SERVERS ? { backends: true } : { modelId }
    const started = await mining.start({ netuid, hotkey, adapter, understood, ...computing, ...endpoint })
    if (!started.ok) return failed(started.error)
    const up = await firstOf(
      () => servingEnd(mining.status()),
      (listener) => mining.onStatus(listener),
      signal,
    )
    if (!up || signal.aborted) return failed(cancelled)
    return up.ok ? { kind: 'served', value: up.value.endpoint ?? 'announced' } : failed(up.error)
  } finally {
    off()
    signal.removeEventListener('abort', stop)
  }
}

function servingEnd(status: MiningStatus): Result<MiningStatus, AppError> | undefined {
  if (status.state === 'mining') return ok(status)
  if (status.state === 'failed') return err(status.error ?? cancelled)
  return status.state === 'off' || status.state === 'stopping' ? err(cancelled) : undefined
}
