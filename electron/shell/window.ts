import type { BrowserWindow, BrowserWindowConstructorOptions, WebPreferences } from 'electron'
import { START_PAGE } from './security-headers.ts'

/** Every switch that matters is named, also where it is Electron's default: defaults have changed before. */
export const PAGE_PREFERENCES: WebPreferences = {
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
  safeDialogs: true,
  disableDialogs: true,
  spellcheck: false,
  enableWebSQL: false,
  v8CacheOptions: 'code',
}

/** Narrower than this, tables would lose columns. Device-independent pixels. */
const SMALLEST = { minWidth: 960, minHeight: 640 }

export function windowOptions(preload: string, icon: string): BrowserWindowConstructorOptions {
  return {
    ...SMALLEST,
    width: 1280,
    height: 832,
    // Shown when it has something to show; a white flash looks like a fault.
    show: false,
    title: 'Taoforge',
    icon,
    autoHideMenuBar: true,
    webPreferences: { ...PAGE_PREFERENCES, preload },
  }
}

export interface WindowPieces {
  readonly create: (options: BrowserWindowConstructorOptions) => BrowserWindow
  readonly preload: string
  readonly icon: string
}

/** Opens the one window. Its page is ours and stays ours: see lockdown.ts. */
export function openWindow({ create, preload, icon }: WindowPieces): BrowserWindow {
  const window = create(windowOptions(preload, icon))
  window.once('ready-to-show', () => window.show())
  void window.loadURL(START_PAGE)
  return window
}

/** Brings the window to the front, from the tray or from a second start. */
export function showWindow(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}
