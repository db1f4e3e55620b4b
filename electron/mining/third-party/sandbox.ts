import { types } from 'node:util'
import { constants, createContext, runInContext, Script } from 'node:vm'
import { z } from 'zod'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { AnswerFacts } from '../subnet-adapter.port.ts'

/** One call of the adapter takes no longer, ms: it maps data, and that takes less than one. */
const CALL_MS = 500
/** Longest text that one call may give back. */
const MOST_TEXT = 8 * 1_048_576

/**
 * Runs inside the context. It keeps what the adapter gives, calls it, and passes nothing but text either way: no object of
 * ours is ever within reach of the adapter, and so nothing that an object of ours leads to.
 */
const BRIDGE = `(() => {
  'use strict'
  const { parse, stringify } = JSON
  let routes
  globalThis.adapter = (given) => { routes = given }
  const routeOf = (path) => {
    const route = routes !== undefined && Object.hasOwn(routes, path) ? routes[path] : undefined
    if (route === undefined) throw new Error('adapter.js has no route ' + path)
    return route
  }
  const text = (value) => (typeof value === 'string' ? value : '')
  const calls = {
    routes: () => Object.keys(routes ?? {}),
    toTask: ({ path, body }) => routeOf(path).toTask(parse(body)),
    token: ({ path, piece, request }) => text(routeOf(path).token?.(piece, request)),
    end: ({ path, done, request, facts }) => text(routeOf(path).end?.(done, request, facts)),
  }
  return (name, given) => {
    try {
      return stringify({ value: calls[name](parse(given)) })
    } catch (cause) {
      return stringify({ failed: String(cause?.message ?? cause).slice(0, 500) })
    }
  }
})()`

/**
 * What `import()` gives where nothing may be imported is an error of this process's own realm, and such an object is a way out of the
 * context. A word that is refused wherever it stands cannot be hidden: as a keyword it has one spelling, and no text becomes code.
 */
export const IMPORT = /\bimport\b/
export const NO_IMPORT = 'it says import, and there is nothing behind that word'

const reply = z.union([z.strictObject({ value: z.unknown().optional() }), z.strictObject({ failed: z.string() })])

export interface MappedRequest {
  readonly path: string
  /** JSON text. */
  readonly body: string
}

/** An adapter's program in a context without Node: the language, and nothing of the world. */
export class Sandbox {
  readonly #context = createContext(constants.DONT_CONTEXTIFY, {
    codeGeneration: { strings: false, wasm: false },
    microtaskMode: 'afterEvaluate',
  })

  /** @returns what is wrong with the program, or `undefined` */
  load(source: string): string | undefined {
    if (IMPORT.test(source)) return NO_IMPORT
    try {
      runInContext(`globalThis.call = ${BRIDGE}`, this.#context, { timeout: CALL_MS })
      // The bridge is out of the adapter's reach before its first line runs.
      runInContext(
        "Object.defineProperty(globalThis, 'call', { writable: false, configurable: false, enumerable: false })",
        this.#context,
      )
      new Script(source, { filename: 'adapter.js' }).runInContext(this.#context, { timeout: CALL_MS })
      return undefined
    } catch (cause) {
      return messageOf(cause)
    }
  }

  routes(): Result<unknown, string> {
    return this.#call('routes', {})
  }

  toTask(request: MappedRequest): Result<unknown, string> {
    return this.#call('toTask', request)
  }

  token(path: string, piece: string, request: unknown): Result<unknown, string> {
    return this.#call('token', { path, piece, request })
  }

  end(path: string, given: { readonly done: unknown; readonly request: unknown; readonly facts: AnswerFacts }) {
    return this.#call('end', { path, ...given })
  }

  #call(name: string, given: unknown): Result<unknown, string> {
    try {
      const script = `call(${JSON.stringify(name)}, ${JSON.stringify(JSON.stringify(given))})`
      const text: unknown = runInContext(script, this.#context, { timeout: CALL_MS })
      if (typeof text !== 'string' || text.length > MOST_TEXT) return err('gave back too much, or nothing')
      const said = reply.safeParse(JSON.parse(text))
      if (!said.success) return err('gave back something else')
      return 'failed' in said.data ? err(said.data.failed) : ok(said.data.value)
    } catch (cause) {
      return err(messageOf(cause))
    }
  }
}

/** What was thrown: only an error of V8 itself is read, since reading anything else may run code of the adapter. */
function messageOf(cause: unknown): string {
  if (!types.isNativeError(cause)) return 'failed'
  try {
    const { message } = cause as Error
    return typeof message === 'string' ? message.slice(0, 500) : 'failed'
  } catch {
    return 'failed'
  }
}
