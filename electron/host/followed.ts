/** Sends the current value, then again after each change, until the signal aborts. */
export function followed(listen: (changed: () => void) => () => void, send: () => void, signal: AbortSignal): void {
  const stop = listen(send)
  signal.addEventListener('abort', stop, { once: true })
  send()
}
