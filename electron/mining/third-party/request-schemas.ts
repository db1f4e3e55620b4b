import { runInThisContext } from 'node:vm'
import { z } from 'zod'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Manifest } from '../manifest.port.ts'

/** Comparing one body takes no longer, ms. */
const COMPARE_MS = 500

/** Only through a script does V8 watch the time of what runs in this realm; the adapter's program is in another one. */
const work: { now: () => unknown } = { now: () => undefined }
Object.defineProperty(globalThis, 'taoforgeTimed', { value: () => work.now() })

function timed<T>(compute: () => T): T {
  let found: { readonly value: T } | undefined
  work.now = () => {
    found = { value: compute() }
  }
  runInThisContext('taoforgeTimed()', { timeout: COMPARE_MS })
  if (!found) throw new Error('it was not computed')
  return found.value
}

/**
 * What the paths of an adapter take, by its own `adapter.json`. It is held to here, in the adapter's process: a pattern that somebody else
 * wrote may take for ever with a body that somebody else sends.
 */
export class RequestSchemas {
  readonly #schemas: ReadonlyMap<string, z.ZodType>

  constructor({ routes }: Pick<Manifest, 'routes'>) {
    const stated = routes.filter(({ requestSchema }) => Object.keys(requestSchema).length > 0)
    this.#schemas = new Map(stated.map(({ path, requestSchema }) => [path, z.fromJSONSchema(requestSchema)]))
  }

  /**
   * @param body JSON text
   * @returns why it does not fit its path, in one sentence for its sender; `undefined` where it does, or where the path has no schema.
   * An error is what is wrong with the schema.
   */
  misfit(path: string, body: string): Result<string | undefined, string> {
    const schema = this.#schemas.get(path)
    if (!schema) return ok(undefined)
    try {
      const issue = timed(() => schema.safeParse(JSON.parse(body)).error?.issues[0])
      return ok(issue && `${issue.path.join('.') || 'body'}: ${issue.message}`.slice(0, 500))
    } catch (cause) {
      const why = cause instanceof Error ? cause.message.slice(0, 200) : 'it failed'
      return err(`requestSchema of ${path}: ${why}`)
    }
  }
}
