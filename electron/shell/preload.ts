import { contextBridge, ipcRenderer } from 'electron'
import { CALL, CANCEL, FRAME, SUBSCRIBE } from './ipc-channels.ts'

// One door with two verbs. The router behind it is the allow-list, so there is nothing to list twice.
// Neither `ipcRenderer` nor an event object ever reaches the page.

const listeners = new Map<number, (frame: unknown) => void>()
let nextId = 1

ipcRenderer.on(FRAME, (_event, id: number, frame: unknown) => listeners.get(id)?.(frame))

contextBridge.exposeInMainWorld('host', {
  call: (name: string, raw: unknown) => ipcRenderer.invoke(CALL, String(name), raw),
  subscribe: (name: string, raw: unknown, heard: (frame: unknown) => void) => {
    const id = nextId
    nextId += 1
    listeners.set(id, heard)
    ipcRenderer.send(SUBSCRIBE, id, String(name), raw)
    return () => {
      if (listeners.delete(id)) ipcRenderer.send(CANCEL, id)
    }
  },
})
