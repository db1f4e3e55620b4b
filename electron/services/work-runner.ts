import type { AppError } from '../../shared/errors.ts'
import { assertNever, err, type Result } from '../../shared/result.ts'
import type { TaskHandler } from '../axon/axon.port.ts'
import type { ModelWork } from '../backends/backends.port.ts'
import type { LoadedModel } from '../llm/llm.port.ts'
import type { Mapping } from '../mining/mapped-work.port.ts'
import type { OwnService } from '../mining/own-service.port.ts'
import type { MiningDeps } from './mining-steps.ts'

/** Who is there to do the work of one run. */
interface Workers {
  readonly service: OwnService | undefined
  readonly mapping: Mapping | undefined
  /** Servers of the user's own compute: alone, or beside the model that is loaded here. */
  readonly servers: boolean
  readonly embedded: LoadedModel | undefined
}

/** Gives each piece of work to whoever does it: the model, servers of the user's own, or his own service. */
export function workRunner(
  deps: Pick<MiningDeps, 'llm' | 'backends' | 'ownService'>,
  { service, mapping, ...models }: Workers,
): TaskHandler {
  const model = modelWork(deps, models)
  const run: TaskHandler = async (work, on, signal) => {
    switch (work.kind) {
      case 'chat':
        return asTask(await model.chat(work.task, on, signal))
      case 'completion':
        return asTask(await model.complete(work.task, on, signal))
      case 'embed':
        return asTask(await model.embed(work.task, signal))
      case 'rank':
        return asTask(await model.rank(work.task, signal))
      case 'forward':
        return service ? deps.ownService.send(service, work.task, signal) : err({ code: 'mining/not-running' })
      case 'mapped':
        return mapping
          ? mapping.run(work.task, { token: (text) => on.token(text), run }, signal)
          : err({ code: 'mining/not-running' })
      default:
        return assertNever(work)
    }
  }
  return run
}

/** What a caller asked for and no model can do, such as a text longer than its context, is told to the caller, and is no failure of the model. */
const asTask = <T>(done: Result<T, AppError>): Result<T, AppError> =>
  done.ok || done.error.code !== 'contract/bad-input'
    ? done
    : err({ code: 'mining/bad-task', message: done.error.issues.join('. ') })

function modelWork(
  { llm, backends }: Pick<MiningDeps, 'llm' | 'backends'>,
  { servers, embedded }: Pick<Workers, 'servers' | 'embedded'>,
): ModelWork {
  if (!servers) return llm
  return backends.work(embedded && { model: llm, places: embedded.parallel, does: embedded.does })
}
