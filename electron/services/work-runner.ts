import { assertNever, err } from '../../shared/result.ts'
import type { TaskHandler } from '../axon/axon.port.ts'
import type { Mapping } from '../mining/mapped-work.port.ts'
import type { OwnService } from '../mining/own-service.port.ts'
import type { MiningDeps } from './mining-steps.ts'

/** Gives each piece of work to whoever does it: the model, or a service of the user's own. */
export function workRunner(
  { llm, ownService }: Pick<MiningDeps, 'llm' | 'ownService'>,
  { service, mapping }: { readonly service: OwnService | undefined; readonly mapping: Mapping | undefined },
): TaskHandler {
  const run: TaskHandler = async (work, on, signal) => {
    switch (work.kind) {
      case 'chat':
        return llm.chat(work.task, on, signal)
      case 'completion':
        return llm.complete(work.task, on, signal)
      case 'embed':
        return llm.embed(work.task, signal)
      case 'rank':
        return llm.rank(work.task, signal)
      case 'forward':
        return service ? ownService.send(service, work.task, signal) : err({ code: 'mining/not-running' })
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
