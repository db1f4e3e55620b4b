import { EventEmitter } from 'node:events'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { runInNewContext } from 'node:vm'
import type { IpcMain, WebContents } from 'electron'
import { build } from 'esbuild'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { command, query, subscription } from '../../shared/contract/define.ts'
import { ok } from '../../shared/result.ts'
import { createRouter, type Router } from '../host/router.ts'
import { serveOverIpc } from './electron-transport.ts'

/** Both ends of Electron's pipe in one process: every message is a structured clone, as in the real one. */
class IpcDouble extends EventEmitter {
  handler: ((event: unknown, ...args: unknown[]) => unknown) | undefined
  handle(_channel: string, handler: (event: unknown, ...args: unknown[]) => unknown): void {
    this.handler = handler
  }
}
class FrameDouble {
  readonly url: string
  constructor(url: string) {
    this.url = url
  }
}
class ContentsDouble extends EventEmitter {
  readonly mainFrame = new FrameDouble('app://taoforge/index.html')
  readonly toPage = new EventEmitter()
  gone = false
  isDestroyed = () => this.gone
  send(channel: string, ...args: unknown[]): void {
    if (this.gone) throw new Error('Object has been destroyed')
    this.toPage.emit(channel, {}, ...structuredClone(args))
  }
}

interface PageHost {
  call(name: string, raw: unknown): Promise<unknown>
  subscribe(name: string, raw: unknown, heard: (frame: unknown) => void): () => void
}

let preloadCode: string
beforeAll(async () => {
  const entry = fileURLToPath(new URL('preload.ts', import.meta.url))
  const bundled = await build({
    entryPoints: [entry],
    bundle: true,
    format: 'cjs',
    external: ['electron'],
    write: false,
  })
  preloadCode = bundled.outputFiles[0]?.text ?? ''
})

/** Runs the real preload script as a sandboxed page would, with `electron` as its only module. */
function pageIn(contents: ContentsDouble, ipc: IpcDouble, senderFrame: FrameDouble | null = contents.mainFrame) {
  const event = { sender: contents, senderFrame }
  const exposed: Record<string, unknown> = {}
  const required: string[] = []
  const electron = {
    contextBridge: { exposeInMainWorld: (name: string, api: unknown) => void Object.assign(exposed, { [name]: api }) },
    ipcRenderer: {
      on: (channel: string, listener: (...args: unknown[]) => void) => contents.toPage.on(channel, listener),
      send: (channel: string, ...args: unknown[]) => void ipc.emit(channel, event, ...structuredClone(args)),
      invoke: async (_channel: string, ...args: unknown[]) =>
        structuredClone(await ipc.handler?.(event, ...structuredClone(args))),
    },
  }
  const require = (name: string) => {
    required.push(name)
    return name === 'electron' ? electron : createRequire(import.meta.url)(name)
  }
  runInNewContext(preloadCode, { require, module: { exports: {} }, exports: {}, Map, String })
  return { exposed, required, host: exposed['host'] as PageHost }
}

const contract = {
  'math.double': query('doubles', { input: z.object({ n: z.number() }), output: z.number() }),
  'math.wait': command('waits', { input: z.object({}), output: z.null() }),
  'clock.watch': subscription('counts', { input: z.object({ from: z.number() }), output: z.number() }),
  'window.secret': query('is for windows', { input: z.object({}), output: z.string(), reach: 'desktop' }),
}

let ipc: IpcDouble
let contents: ContentsDouble
let ours: Set<unknown>
let router: Router
let emitters: Map<number, (value: number) => void>
let signals: AbortSignal[]
beforeEach(() => {
  ipc = new IpcDouble()
  contents = new ContentsDouble()
  ours = new Set([contents])
  emitters = new Map()
  signals = []
  router = createRouter(
    contract,
    {
      'math.double': async ({ n }) => ok(n * 2),
      'math.wait': (_input, signal) =>
        new Promise((resolve) => {
          signals.push(signal)
          signal.addEventListener('abort', () => resolve(ok(null)))
        }),
      'clock.watch': ({ from }, emit, signal) => {
        signals.push(signal)
        emitters.set(from, emit)
        emit(from)
      },
      'window.secret': async () => ok('desktop'),
    },
    () => ({ code: 'internal', incident: 'test' }),
  )
  serveOverIpc({
    ipc: ipc as unknown as IpcMain,
    router,
    isOurs: (sender: WebContents) => ours.has(sender),
  })
})

describe('preload', () => {
  test('exposes one object with two verbs and loads nothing but electron', () => {
    const { exposed, required } = pageIn(contents, ipc)
    expect(Object.keys(exposed)).toEqual(['host'])
    expect(Object.keys(exposed['host'] as object).sort()).toEqual(['call', 'subscribe'])
    expect(required).toEqual(['electron'])
  })

  test('hands no event object to the page', () => {
    const heard: unknown[][] = []
    const { host } = pageIn(contents, ipc)
    host.subscribe('clock.watch', { from: 1 }, (...args) => heard.push(args))
    for (const args of heard) expect(args).toHaveLength(1)
    expect(heard.length).toBeGreaterThan(0)
  })
})

describe('call', () => {
  test('reaches the router, desktop channels included', async () => {
    const { host } = pageIn(contents, ipc)
    expect(await host.call('math.double', { n: 21 })).toEqual({ ok: true, value: 42 })
    expect(await host.call('window.secret', {})).toEqual({ ok: true, value: 'desktop' })
  })

  test('answers bad input and unknown names as data', async () => {
    const { host } = pageIn(contents, ipc)
    expect(await host.call('math.double', { n: 'x' })).toMatchObject({
      ok: false,
      error: { code: 'contract/bad-input' },
    })
    expect(await host.call('toString', {})).toMatchObject({ ok: false, error: { code: 'contract/unknown-channel' } })
    expect(await host.call('clock.watch', { from: 1 })).toMatchObject({ ok: false })
  })

  test('ends when its page does', async () => {
    const { host } = pageIn(contents, ipc)
    const reply = host.call('math.wait', {})
    contents.gone = true
    contents.emit('destroyed')
    expect(await reply).toEqual({ ok: true, value: null })
  })
})

describe('who may not speak', () => {
  const refusals: readonly (readonly [string, () => PageHost])[] = [
    ['another window', () => pageIn(new ContentsDouble(), ipc).host],
    ['a frame inside our page', () => pageIn(contents, ipc, new FrameDouble('app://taoforge/index.html')).host],
    ['a frame that is gone', () => pageIn(contents, ipc, null).host],
    [
      'a foreign page in our window',
      () => {
        const foreign = new ContentsDouble()
        Object.assign(foreign, { mainFrame: new FrameDouble('https://example.com/') })
        ours.add(foreign)
        return pageIn(foreign, ipc).host
      },
    ],
  ]

  test.each(refusals)('%s', async (_who, hostOf) => {
    const host = hostOf()
    await expect(host.call('math.double', { n: 1 })).rejects.toThrow('refused')
    const heard: unknown[] = []
    host.subscribe('clock.watch', { from: 7 }, (frame) => heard.push(frame))
    expect(heard).toEqual([])
    expect(emitters.has(7)).toBe(false)
  })

  test('cannot cancel what our page watches', () => {
    const heard: unknown[] = []
    pageIn(contents, ipc).host.subscribe('clock.watch', { from: 1 }, (frame) => heard.push(frame))
    ipc.emit('taoforge:cancel', { sender: contents, senderFrame: new FrameDouble('app://taoforge/') }, 1)
    expect(signals[0]?.aborted).toBe(false)
  })
})

describe('subscribe', () => {
  test('answers first, then sends the current value and each later one', () => {
    const heard: unknown[] = []
    pageIn(contents, ipc).host.subscribe('clock.watch', { from: 5 }, (frame) => heard.push(frame))
    emitters.get(5)?.(6)
    expect(heard).toEqual([
      { kind: 'reply', reply: { ok: true, value: null } },
      { kind: 'event', value: 5 },
      { kind: 'event', value: 6 },
    ])
  })

  test('says why it was not accepted', () => {
    const heard: unknown[] = []
    pageIn(contents, ipc).host.subscribe('clock.watch', {}, (frame) => heard.push(frame))
    expect(heard).toMatchObject([{ kind: 'reply', reply: { ok: false, error: { code: 'contract/bad-input' } } }])
  })

  test('ends by the function it returned, and only that one', () => {
    const heard: unknown[] = []
    const { host } = pageIn(contents, ipc)
    const stop = host.subscribe('clock.watch', { from: 1 }, (frame) => heard.push(frame))
    host.subscribe('clock.watch', { from: 2 }, () => undefined)
    stop()
    stop()
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, false])
    const before = heard.length
    emitters.get(1)?.(9)
    expect(heard).toHaveLength(before)
  })

  test.each(['destroyed', 'render-process-gone', 'did-navigate'])('ends on %s', (event) => {
    const { host } = pageIn(contents, ipc)
    host.subscribe('clock.watch', { from: 1 }, () => undefined)
    host.subscribe('clock.watch', { from: 2 }, () => undefined)
    contents.emit(event)
    expect(signals.every(({ aborted }) => aborted)).toBe(true)
  })

  test('a reloaded page starts anew, and reloading piles up nothing', () => {
    for (let reload = 0; reload < 30; reload += 1) {
      pageIn(contents, ipc).host.subscribe('clock.watch', { from: reload }, () => undefined)
      contents.toPage.removeAllListeners()
      contents.emit('did-navigate')
    }
    expect(signals).toHaveLength(30)
    expect(contents.listenerCount('destroyed')).toBe(1)
  })

  test('has a limit for each page', () => {
    const { host } = pageIn(contents, ipc)
    for (let i = 0; i < 250; i += 1) host.subscribe('clock.watch', { from: i }, () => undefined)
    expect(signals).toHaveLength(200)
  })
})
