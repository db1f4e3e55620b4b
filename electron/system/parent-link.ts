/** The worker's end of the pipe to its parent, the same under `child_process.fork` and `utilityProcess.fork`. */
export interface ParentLink {
  send(message: unknown): void
  onMessage(listener: (message: unknown) => void): void
  /** Called when the parent is gone: a worker must then end itself. */
  onParentGone(listener: () => void): void
}

/** Shape of Electron's `process.parentPort`, named here so that workers need no Electron types. */
interface ParentPort {
  postMessage(message: unknown): void
  on(event: 'message', listener: (event: { data: unknown }) => void): void
}

export function parentLink(): ParentLink {
  const port = (process as { parentPort?: ParentPort }).parentPort
  if (port) {
    return {
      send: (message) => port.postMessage(message),
      onMessage: (listener) => port.on('message', (event) => listener(event.data)),
      // A utility process is ended by Electron together with the app.
      onParentGone: () => undefined,
    }
  }
  return {
    send: (message) => {
      if (process.connected) process.send?.(message)
    },
    onMessage: (listener) => void process.on('message', listener),
    onParentGone: (listener) => {
      process.on('disconnect', listener)
      // The parent may have gone while we were loading; that event does not come again. Without any pipe it is `undefined`.
      if (process.connected === false) setImmediate(listener)
    },
  }
}
