/**
 * The one global that both worlds share and that ECMAScript's own library lacks.
 * Declared here, because `shared/` compiles without DOM and without Node types.
 */
interface AbortSignal {
  readonly aborted: boolean
  addEventListener(type: 'abort', listener: () => void, options?: { once?: boolean }): void
  removeEventListener(type: 'abort', listener: () => void): void
}
