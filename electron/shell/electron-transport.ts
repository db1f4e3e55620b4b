import type { IpcMain, IpcMainEvent, IpcMainInvokeEvent, WebContents } from 'electron'
import type { Router } from '../host/router.ts'
import { CALL, CANCEL, FRAME, type Frame, SUBSCRIBE } from './ipc-channels.ts'
import { isOurUrl } from './security-headers.ts'

type Sender = Pick<IpcMainInvokeEvent | IpcMainEvent, 'sender' | 'senderFrame'>

/** A page that asks for more at once than this has a defect; the window needs some twenty. */
const OPEN_SUBSCRIPTIONS = 200

export interface IpcDoor {
  readonly ipc: Pick<IpcMain, 'handle' | 'on'>
  readonly router: Router
  /** Whether a page belongs to a window that we opened. */
  readonly isOurs: (contents: WebContents) => boolean
}

/** What a page holds open; everything ends when it goes, reloads or dies. */
class Page {
  readonly #asks = new Map<number, AbortController>()
  readonly calls = new AbortController()

  open(id: number): AbortController | undefined {
    if (this.#asks.has(id) || this.#asks.size >= OPEN_SUBSCRIPTIONS) return undefined
    const ask = new AbortController()
    this.#asks.set(id, ask)
    return ask
  }

  cancel(id: number): void {
    this.#asks.get(id)?.abort()
    this.#asks.delete(id)
  }

  end(): void {
    for (const id of [...this.#asks.keys()]) this.cancel(id)
    this.calls.abort()
  }
}

/** Our window, its top frame, our page in it. Anything else is refused before the router hears of it. */
function mayAsk(event: Sender, isOurs: IpcDoor['isOurs']): boolean {
  const { sender, senderFrame } = event
  return senderFrame !== null && isOurs(sender) && senderFrame === sender.mainFrame && isOurUrl(senderFrame.url)
}

/** The window's door to the host. It only checks who speaks; what is said is the router's business. */
export function serveOverIpc({ ipc, router, isOurs }: IpcDoor): void {
  const pages = new Map<WebContents, Page>()
  const watched = new WeakSet<WebContents>()

  const watch = (contents: WebContents): void => {
    if (watched.has(contents)) return
    watched.add(contents)
    const end = () => {
      pages.get(contents)?.end()
      pages.delete(contents)
    }
    contents.on('destroyed', end)
    contents.on('render-process-gone', end)
    // A reload keeps the contents but not the page.
    contents.on('did-navigate', end)
  }
  const pageOf = (contents: WebContents): Page => {
    watch(contents)
    const page = pages.get(contents) ?? new Page()
    pages.set(contents, page)
    return page
  }

  ipc.handle(CALL, (event, name: unknown, raw: unknown) => {
    if (!mayAsk(event, isOurs)) throw new Error('refused')
    return router.call(String(name), raw, 'desktop', pageOf(event.sender).calls.signal)
  })

  ipc.on(SUBSCRIBE, (event, id: unknown, name: unknown, raw: unknown) => {
    if (!mayAsk(event, isOurs) || typeof id !== 'number') return
    const ask = pageOf(event.sender).open(id)
    const send = (frame: Frame) => {
      if (!event.sender.isDestroyed()) event.sender.send(FRAME, id, frame)
    }
    if (!ask) return
    // The reply goes first, so that a page never sees a value of something it does not know yet.
    const early: unknown[] = []
    let replied = false
    const emit = (value: unknown) => (replied ? send({ kind: 'event', value }) : void early.push(value))
    const reply = router.subscribe({ name: String(name), raw, reach: 'desktop' }, emit, ask.signal)
    send({ kind: 'reply', reply })
    replied = true
    for (const value of early) send({ kind: 'event', value })
  })

  ipc.on(CANCEL, (event, id: unknown) => {
    if (mayAsk(event, isOurs) && typeof id === 'number') pages.get(event.sender)?.cancel(id)
  })
}
