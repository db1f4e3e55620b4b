import { EventEmitter } from 'node:events'
import type { App, Session, WebContents } from 'electron'
import { beforeEach, describe, expect, test } from 'vitest'
import { lockApp, lockSession } from './lockdown.ts'
import { PAGE_PREFERENCES, windowOptions } from './window.ts'

type Answer = (value: unknown) => void

/** Keeps each handler that Electron would call, under the name of its setter. */
class SessionDouble extends EventEmitter {
  readonly handlers: Record<string, (...args: unknown[]) => unknown> = {}
  readonly webRequest = { onBeforeRequest: (handler: never) => this.#keep('onBeforeRequest', handler) }
  setPermissionRequestHandler = (handler: never) => this.#keep('request', handler)
  setPermissionCheckHandler = (handler: never) => this.#keep('check', handler)
  setDevicePermissionHandler = (handler: never) => this.#keep('device', handler)
  setDisplayMediaRequestHandler = (handler: never) => this.#keep('display', handler)
  spellChecker = true
  setSpellCheckerEnabled = (on: boolean) => {
    this.spellChecker = on
  }
  #keep(name: string, handler: never): void {
    this.handlers[name] = handler
  }
}

class ContentsDouble extends EventEmitter {
  windowOpen: ((details: { url: string }) => unknown) | undefined
  setWindowOpenHandler = (handler: (details: { url: string }) => unknown) => {
    this.windowOpen = handler
  }
}

class PreventedDouble {
  prevented = false
  preventDefault = () => {
    this.prevented = true
  }
}
const eventFor = (url: string) => {
  return Object.assign(new PreventedDouble(), { url })
}
const page = (url: string) => ({ getURL: () => url }) as WebContents
const answered = (call: (answer: Answer) => unknown): unknown => {
  let given: unknown
  call((value) => {
    given = value
  })
  return given
}

describe('a page', () => {
  let contents: ContentsDouble
  beforeEach(() => {
    const app = new EventEmitter()
    contents = new ContentsDouble()
    lockApp(app as unknown as App)
    app.emit('web-contents-created', {}, contents)
  })

  test.each(['will-navigate', 'will-frame-navigate', 'will-redirect'])('cannot leave: %s', (name) => {
    for (const url of [
      'https://example.com/',
      'file:///etc/passwd',
      'app://other/',
      'javascript:alert(1)',
      'data:text/html,x',
    ]) {
      const event = eventFor(url)
      contents.emit(name, event)
      expect(event.prevented, url).toBe(true)
    }
    const own = eventFor('app://taoforge/index.html#/stake')
    contents.emit(name, own)
    expect(own.prevented).toBe(false)
  })

  test('opens no window, not even of our own', () => {
    expect(contents.windowOpen?.({ url: 'https://example.com' })).toEqual({ action: 'deny' })
    expect(contents.windowOpen?.({ url: 'app://taoforge/index.html' })).toEqual({ action: 'deny' })
  })

  test('attaches no webview', () => {
    const event = eventFor('')
    contents.emit('will-attach-webview', event, {}, {})
    expect(event.prevented).toBe(true)
  })
})

test('a broken certificate is never trusted', () => {
  const app = new EventEmitter()
  lockApp(app as unknown as App)
  const event = eventFor('https://example.com')
  const trusted = answered((trust) => app.emit('certificate-error', event, {}, '', '', {}, trust))
  expect([event.prevented, trusted]).toEqual([true, false])
})

describe('the session', () => {
  let session: SessionDouble
  beforeEach(() => {
    session = new SessionDouble()
    lockSession(session as unknown as Session)
  })
  const asks = (permission: string, from: string, mediaTypes?: readonly string[]) =>
    answered((answer) => session.handlers['request']?.(page(from), permission, answer, { mediaTypes }))
  const checks = (permission: string, from: string, origin = from, mediaType?: string) =>
    session.handlers['check']?.(page(from), permission, origin, { mediaType })

  test.each([
    'media',
    'geolocation',
    'notifications',
    'clipboard-read',
    'display-capture',
    'fullscreen',
    'openExternal',
    'hid',
    'usb',
    'serial',
    'fileSystem',
    'unknown',
  ])('denies %s, to our own page too', (permission) => {
    expect(asks(permission, 'app://taoforge/')).toBe(false)
    expect(checks(permission, 'app://taoforge/')).toBe(false)
  })

  test('lets our page use the camera, and nobody else; nobody ever listens', () => {
    const ours = 'app://taoforge/'
    expect(asks('media', ours, ['video'])).toBe(true)
    expect(checks('media', ours, ours, 'video')).toBe(true)
    for (const kinds of [[], ['audio'], ['video', 'audio']]) expect(asks('media', ours, kinds)).toBe(false)
    for (const kind of ['audio', 'unknown']) expect(checks('media', ours, ours, kind)).toBe(false)
    expect(asks('media', 'https://example.com/', ['video'])).toBe(false)
    expect(checks('media', ours, 'https://example.com', 'video')).toBe(false)
  })

  test('lets our page write text to the clipboard, and nobody else', () => {
    expect(asks('clipboard-sanitized-write', 'app://taoforge/')).toBe(true)
    expect(checks('clipboard-sanitized-write', 'app://taoforge/')).toBe(true)
    expect(asks('clipboard-sanitized-write', 'https://example.com/')).toBe(false)
    expect(checks('clipboard-sanitized-write', 'app://taoforge/', 'https://example.com')).toBe(false)
    expect(session.handlers['check']?.(null, 'clipboard-sanitized-write', 'app://taoforge', {})).toBe(false)
  })

  test('gives no device and no picture of the screen', () => {
    expect(session.handlers['device']?.({})).toBe(false)
    expect(answered((answer) => session.handlers['display']?.({}, answer))).toEqual({})
  })

  test('lets no request out', () => {
    const cancelled = (url: string) =>
      answered((answer) => session.handlers['onBeforeRequest']?.({ url }, answer)) as { cancel: boolean }
    for (const url of [
      'https://example.com/',
      'http://127.0.0.1:9944/',
      'wss://node.example/',
      'ftp://x/',
      'file:///etc/passwd',
      'app://other/',
    ])
      expect(cancelled(url).cancel, url).toBe(true)
    for (const url of ['app://taoforge/assets/app.js', 'data:image/png;base64,AA=='])
      expect(cancelled(url).cancel, url).toBe(false)
  })

  test('downloads nothing and sends no text to a spell checker', () => {
    const event = eventFor('')
    session.emit('will-download', event)
    expect(event.prevented).toBe(true)
    expect(session.spellChecker).toBe(false)
  })
})

test('the window is a sandboxed page without Node', () => {
  const { webPreferences } = windowOptions('/app/preload.cjs', '/app/icon.png')
  expect(webPreferences).toMatchObject({
    preload: '/app/preload.cjs',
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    navigateOnDragDrop: false,
  })
  expect(PAGE_PREFERENCES.enableBlinkFeatures).toBeUndefined()
})
