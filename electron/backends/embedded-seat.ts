import type { AppError } from '../../shared/errors.ts'
import { err, type Result } from '../../shared/result.ts'
import type { EmbeddedMember } from './backends.port.ts'
import type { Failure } from './failure.ts'
import { type Job, Load, type Seat } from './job.ts'

/** These are of the request; everything else is of the model, and a server may do better. */
const OF_THE_REQUEST: readonly AppError['code'][] = ['contract/bad-input', 'contract/cancelled', 'model/cannot']

/** The model of this computer as one among the servers. */
export class EmbeddedSeat implements Seat {
  readonly #member: EmbeddedMember
  readonly #load: Load

  constructor(member: EmbeddedMember, changed: () => void) {
    this.#member = member
    this.#load = new Load(changed)
  }

  get places(): number {
    return this.#member.places
  }
  get running(): number {
    return this.#load.running
  }
  get waiting(): number {
    return this.#load.waiting
  }

  does(task: Job<unknown>['task']): boolean {
    const { does } = this.#member
    return task === 'write' ? does.includes('chat') || does.includes('completion') : does.includes(task)
  }

  async take<T>(job: Job<T>): Promise<Result<T, Failure>> {
    const place = this.#load.enter()
    try {
      const done = await job.local(this.#member.model, (text) => {
        place.begun()
        job.token(text)
      })
      if (done.ok) return done
      return err({ error: done.error, means: 'nothing', elsewhere: !OF_THE_REQUEST.includes(done.error.code) })
    } finally {
      place.ended()
    }
  }
}
