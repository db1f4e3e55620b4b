import { join } from 'node:path'
import type * as Electron from 'electron'
import type { Alert } from '../../shared/alerts/alert.ts'
import type { MiningStatus } from '../../shared/contract/mining.contract.ts'
import type { Router } from '../host/router.ts'
import { appSchemes, serveAppFiles } from './app-protocol.ts'
import { serveOverIpc } from './electron-transport.ts'
import { lockApp, lockSession } from './lockdown.ts'
import { appMenu } from './menu.ts'
import { systemNotices } from './notices.ts'
import { alarmText, isMining, trayMenu, trayText } from './tray.ts'
import { openWindow, showWindow } from './window.ts'

/** The parts of Electron that the shell uses, handed in so that a test can watch what is done with them. */
export type ElectronParts = Pick<
  typeof Electron,
  | 'app'
  | 'BrowserWindow'
  | 'dialog'
  | 'ipcMain'
  | 'Menu'
  | 'Notification'
  | 'powerMonitor'
  | 'protocol'
  | 'session'
  | 'Tray'
>

/** What the shell needs of a host: the contract for windows, and a little to show outside of them. */
export interface ShellHost {
  readonly router: Router
  readonly miner: {
    status(): Pick<MiningStatus, 'state' | 'subnetName' | 'netuid' | 'answered' | 'tokensPerSecond'>
    onStatus(listener: () => void): () => void
    stop(): Promise<unknown>
  }
  /** Announced changes of coldkey: foreign ones are alarms. */
  readonly guard: {
    guard(): { readonly alarms: readonly string[] }
    onChange(listener: () => void): () => void
  }
  /** What a person wants to be told of outside of the window. */
  readonly alerts: { onAlert(listener: (alert: Alert, play: boolean) => void): () => void }
  /** Forgets the coldkeys; a miner goes on. */
  lockWallets(reason: 'suspend' | 'screen-lock'): Promise<unknown>
  /** Connects to the network of last time. */
  start(): Promise<void>
  close(): Promise<void>
}

export interface ShellOptions {
  /** Folder of the app: holds `out/` and `resources/`, on disk or in the archive. */
  readonly appFolder: string
  readonly platform: NodeJS.Platform
  /** @throws with a message for people when the data folder cannot be used. */
  readonly createHost: () => Promise<ShellHost>
}

/** The host gets this long to end workers and close files; then the app ends anyway. */
const CLOSE_LIMIT_MS = 10_000

/** Owns the one window, the tray and the way out. */
class Shell {
  readonly #electron: ElectronParts
  readonly #options: ShellOptions
  readonly #host: ShellHost
  #window: Electron.BrowserWindow | undefined
  #tray: Electron.Tray | undefined
  #leaving = false

  constructor(electron: ElectronParts, options: ShellOptions, host: ShellHost) {
    this.#electron = electron
    this.#options = options
    this.#host = host
  }

  open(): void {
    const { app, ipcMain, Menu, powerMonitor, protocol, session } = this.#electron
    lockSession(session.defaultSession)
    serveAppFiles(protocol, join(this.#options.appFolder, 'out', 'renderer'))
    serveOverIpc({
      ipc: ipcMain,
      router: this.#host.router,
      isOurs: (contents) => contents === this.#window?.webContents,
    })
    Menu.setApplicationMenu(Menu.buildFromTemplate(appMenu(this.#options.platform, !app.isPackaged)))
    this.#openTray()
    this.show()
    const { Notification } = this.#electron
    this.#host.alerts.onAlert(systemNotices({ notification: Notification, show: () => this.show() }))
    // Away from the computer, nobody shall find it unlocked. Mining goes on: it signs with the hotkey.
    const lock = (reason: 'suspend' | 'screen-lock') => () => void this.#host.lockWallets(reason)
    powerMonitor.on('suspend', lock('suspend'))
    powerMonitor.on('lock-screen', lock('screen-lock'))
    app.on('activate', () => this.show())
    app.on('window-all-closed', () => this.#allClosed())
    app.on('before-quit', (event) => this.#beforeQuit(event))
  }

  show(): void {
    if (this.#window) return showWindow(this.#window)
    const { BrowserWindow } = this.#electron
    const window = openWindow({
      create: (options) => new BrowserWindow(options),
      preload: join(this.#options.appFolder, 'out', 'main', 'preload.cjs'),
      icon: this.#icon('icon.png'),
    })
    window.on('closed', () => {
      this.#window = undefined
    })
    this.#window = window
  }

  #icon(name: string): string {
    return join(this.#options.appFolder, 'resources', 'icons', name)
  }

  #openTray(): void {
    const { app, Menu, Tray } = this.#electron
    const { miner, guard } = this.#host
    const isMac = this.#options.platform === 'darwin'
    const tray = new Tray(this.#icon(isMac ? 'trayTemplate.png' : 'tray.png'))
    this.#tray = tray
    const actions = { show: () => this.show(), stopMining: () => void miner.stop(), quit: () => app.quit() }
    const draw = () => {
      const status = miner.status()
      const alarm = alarmText(guard.guard().alarms)
      tray.setToolTip(`Taoforge: ${alarm ?? trayText(status)}`)
      tray.setContextMenu(Menu.buildFromTemplate(trayMenu(status, actions, alarm)))
      if (!isMac) tray.setImage(this.#icon(isMining(status) ? 'tray-mining.png' : 'tray.png'))
    }
    tray.on('click', () => this.show())
    miner.onStatus(draw)
    let known: ReadonlySet<string> = new Set()
    // Told with every block: only what is new brings the window to the front.
    guard.onChange(() => {
      const { alarms } = guard.guard()
      const isNew = alarms.some((coldkey) => !known.has(coldkey))
      const changed = isNew || alarms.length !== known.size
      known = new Set(alarms)
      if (changed) draw()
      if (isNew) this.show()
    })
    draw()
  }

  /** A running miner keeps the app in the tray; otherwise it ends with its window, except on macOS. */
  #allClosed(): void {
    if (this.#options.platform !== 'darwin' && !isMining(this.#host.miner.status())) this.#electron.app.quit()
  }

  #beforeQuit(event: { preventDefault(): void }): void {
    event.preventDefault()
    if (this.#leaving) return
    this.#leaving = true
    const limit = new Promise<void>((resolve) => setTimeout(resolve, CLOSE_LIMIT_MS).unref())
    void Promise.race([this.#host.close().catch(() => undefined), limit]).then(() => {
      this.#tray?.destroy()
      this.#electron.app.exit(0)
    })
  }
}

/** Starts the desktop app, or hands over to the one that runs already. Must be called before Electron is ready. */
export async function startShell(electron: ElectronParts, options: ShellOptions): Promise<void> {
  const { app, dialog, protocol } = electron
  if (!app.requestSingleInstanceLock()) return app.exit(0)
  app.enableSandbox()
  protocol.registerSchemesAsPrivileged(appSchemes)
  lockApp(app)
  let shell: Shell | undefined
  app.on('second-instance', () => shell?.show())
  await app.whenReady()
  let host: ShellHost
  try {
    host = await options.createHost()
  } catch (cause) {
    dialog.showErrorBox('Taoforge cannot start', cause instanceof Error ? cause.message : String(cause))
    return app.exit(1)
  }
  shell = new Shell(electron, options, host)
  shell.open()
  await host.start()
}
