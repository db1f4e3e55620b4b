export interface Passed {
  /** Text that may be shown. */
  readonly text: string
  /** A stop text was met; nothing may follow. */
  readonly stopped: boolean
}

/** How many characters at the end of `text` could be the beginning of a stop text. */
function heldBack(text: string, stops: readonly string[]): number {
  let most = 0
  for (const stop of stops) {
    for (let length = Math.min(stop.length - 1, text.length); length > most; length--) {
      if (text.endsWith(stop.slice(0, length))) {
        most = length
        break
      }
    }
  }
  return most
}

/** Cuts a text that arrives in pieces before the first stop text, also when the stop text is split over pieces. */
export function stopFinder(stops: readonly string[]): { push(piece: string): Passed; rest(): string } {
  let held = ''
  return {
    push(piece) {
      const text = held + piece
      const hits = stops.map((stop) => text.indexOf(stop)).filter((at) => at >= 0)
      if (hits.length > 0) {
        held = ''
        return { text: text.slice(0, Math.min(...hits)), stopped: true }
      }
      const keep = text.length - heldBack(text, stops)
      held = text.slice(keep)
      return { text: text.slice(0, keep), stopped: false }
    },
    /** What was held back and turned out to be no stop text. */
    rest() {
      const text = held
      held = ''
      return text
    },
  }
}
