const LINE_FEED = 0x0a
/** One piece of text with all that servers put around it is some hundred bytes. */
export const LONGEST_LINE_BYTES = 262_144

export class LineTooLong extends Error {
  constructor() {
    super(`a line longer than ${LONGEST_LINE_BYTES} bytes`)
  }
}

/**
 * Reads server-sent events out of pieces that end anywhere, also inside of a letter.
 * @source HTML standard, 9.2.6: lines end with LF, CRLF or CR (CR alone is used by nobody and not read); `data` lines of one
 * event are joined; a line that begins with a colon is a comment
 */
export class SseEvents {
  #rest: Buffer = Buffer.alloc(0)
  #data: string[] = []

  /** @returns the data of all events that are whole now. @throws LineTooLong */
  push(piece: Buffer): readonly string[] {
    const bytes = this.#rest.length === 0 ? piece : Buffer.concat([this.#rest, piece])
    const events: string[] = []
    let from = 0
    for (let at = bytes.indexOf(LINE_FEED); at >= 0; at = bytes.indexOf(LINE_FEED, from)) {
      if (at - from > LONGEST_LINE_BYTES) throw new LineTooLong()
      this.#line(bytes.toString('utf8', from, at), events)
      from = at + 1
    }
    // A copy: a view would keep all of the pieces alive.
    this.#rest = Buffer.from(bytes.subarray(from))
    if (this.#rest.length > LONGEST_LINE_BYTES) throw new LineTooLong()
    return events
  }

  #line(line: string, events: string[]): void {
    const text = line.endsWith('\r') ? line.slice(0, -1) : line
    if (text === '') {
      if (this.#data.length > 0) events.push(this.#data.join('\n'))
      this.#data = []
      return
    }
    const said = /^data: ?/.exec(text)
    if (said) this.#data.push(text.slice(said[0].length))
    // Many data lines without an end between them are one long line in pieces.
    if (this.#data.length > 1_000) throw new LineTooLong()
  }
}
