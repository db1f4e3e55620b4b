/** Pieces that come faster than this are sent together: a message for each of 5,000 tokens a second would cost more than the tokens. */
const GATHER_MS = 15

/** Passes text on at once when it is slow, and in gathered pieces when it is fast. */
export function tokenSender(send: (text: string) => void): { push(text: string): void; flush(): void } {
  let waiting = ''
  let sentAt = 0
  const flush = (): void => {
    if (waiting === '') return
    send(waiting)
    waiting = ''
    sentAt = Date.now()
  }
  return {
    push(text) {
      waiting += text
      if (Date.now() - sentAt >= GATHER_MS) flush()
    },
    flush,
  }
}
