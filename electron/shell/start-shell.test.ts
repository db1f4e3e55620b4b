import { EventEmitter } from 'node:events'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Alert } from '../../shared/alerts/alert.ts'
import type { MiningStatus } from '../../shared/contract/mining.contract.ts'
import { netuid } from '../../shared/units/amounts.ts'
import { type ElectronParts, type ShellHost, startShell } from './start-shell.ts'

class WindowDouble extends EventEmitter {
  static all: WindowDouble[] = []
  readonly options: { webPreferences?: { preload?: string } }
  readonly webContents = new EventEmitter()
  loaded = ''
  calls: string[] = []
  constructor(options: { webPreferences?: { preload?: string } }) {
    super()
    this.options = options
    WindowDouble.all.push(this)
  }
  loadURL = async (url: string) => {
    this.loaded = url
  }
  show = () => void this.calls.push('show')
  focus = () => void this.calls.push('focus')
  isMinimized = () => true
  restore = () => void this.calls.push('restore')
}

class TrayDouble extends EventEmitter {
  static last: TrayDouble
  image: string
  tip = ''
  menu: { label?: string; click?: () => void }[] = []
  destroyed = false
  constructor(image: string) {
    super()
    this.image = image
    TrayDouble.last = this
  }
  setToolTip = (tip: string) => {
    this.tip = tip
  }
  setImage = (image: string) => {
    this.image = image
  }
  setContextMenu = (menu: { label?: string; click?: () => void }[]) => {
    this.menu = menu
  }
  destroy = () => {
    this.destroyed = true
  }
}

class NotificationDouble extends EventEmitter {
  static all: NotificationDouble[] = []
  static supported = true
  static isSupported = () => NotificationDouble.supported
  readonly options: { title: string; body: string }
  shown = false
  constructor(options: { title: string; body: string }) {
    super()
    this.options = options
    NotificationDouble.all.push(this)
  }
  show = () => {
    this.shown = true
  }
}

/** Notes in order what the shell asked of Electron. */
class AppDouble extends EventEmitter {
  readonly log: string[]
  readonly first: boolean
  isPackaged = true
  exitCode: number | undefined
  constructor(log: string[], first: boolean) {
    super()
    this.log = log
    this.first = first
  }
  requestSingleInstanceLock = () => this.first
  enableSandbox = () => void this.log.push('sandbox')
  whenReady = async () => void this.log.push('ready')
  quit = () => void this.log.push('quit')
  exit = (code: number) => {
    this.exitCode = code
  }
}

let log: string[]
let powerMonitor: EventEmitter
let app: AppDouble
let status: Pick<MiningStatus, 'state' | 'answered'>
let statusChanged: () => void
let alarms: readonly string[]
let guardChanged: () => void
let raise: (alert: Alert, play: boolean) => void

const session = () => {
  const keep = () => undefined
  return Object.assign(new EventEmitter(), {
    setPermissionRequestHandler: () => void log.push('permissions'),
    setPermissionCheckHandler: keep,
    setDevicePermissionHandler: keep,
    setDisplayMediaRequestHandler: keep,
    setSpellCheckerEnabled: keep,
    webRequest: { onBeforeRequest: keep },
  })
}

const parts = (): ElectronParts =>
  ({
    app,
    BrowserWindow: WindowDouble,
    dialog: { showErrorBox: (title: string, text: string) => void log.push(`${title}: ${text}`) },
    ipcMain: Object.assign(new EventEmitter(), { handle: () => void log.push('ipc') }),
    Menu: { setApplicationMenu: () => undefined, buildFromTemplate: (template: unknown) => template },
    powerMonitor,
    protocol: {
      registerSchemesAsPrivileged: () => void log.push('scheme'),
      handle: () => void log.push('protocol'),
    },
    session: { defaultSession: session() },
    Notification: NotificationDouble,
    Tray: TrayDouble,
  }) as unknown as ElectronParts

const host = (): ShellHost => ({
  router: { call: async () => ({ ok: true, value: null }), subscribe: () => ({ ok: true, value: null }) },
  miner: {
    status: () => status,
    onStatus: (listener) => {
      statusChanged = listener
      return () => undefined
    },
    stop: async () => void log.push('stop mining'),
  },
  guard: {
    guard: () => ({ alarms }),
    onChange: (listener) => {
      guardChanged = listener
      return () => undefined
    },
  },
  alerts: {
    onAlert: (listener) => {
      raise = listener
      return () => undefined
    },
  },
  lockWallets: async () => void log.push('lock'),
  start: async () => void log.push('host started'),
  close: async () => void log.push('host closed'),
})

const start = (platform: NodeJS.Platform = 'linux', createHost: () => Promise<ShellHost> = async () => host()) =>
  startShell(parts(), { appFolder: '/app', platform, createHost })
const settled = () => new Promise((resolve) => setImmediate(resolve))

beforeEach(() => {
  log = []
  WindowDouble.all = []
  powerMonitor = new EventEmitter()
  app = new AppDouble(log, true)
  status = { state: 'off', answered: 0 }
  alarms = []
  NotificationDouble.all = []
  NotificationDouble.supported = true
})

describe('starting', () => {
  test('locks everything down before it is ready, and opens one window of ours', async () => {
    await start()
    expect(log).toEqual(['sandbox', 'scheme', 'ready', 'permissions', 'protocol', 'ipc', 'host started'])
    expect(app.listenerCount('web-contents-created')).toBe(1)
    expect(WindowDouble.all).toHaveLength(1)
    expect(WindowDouble.all[0]?.loaded).toBe('app://taoforge/index.html')
    expect(WindowDouble.all[0]?.options.webPreferences?.preload).toBe(join('/app', 'out', 'main', 'preload.cjs'))
  })

  test('hands over to the app that runs already', async () => {
    app = new AppDouble(log, false)
    await start()
    expect([app.exitCode, WindowDouble.all.length, log.length]).toEqual([0, 0, 0])
  })

  test('a second start brings the first window to the front', async () => {
    await start()
    app.emit('second-instance')
    expect(WindowDouble.all).toHaveLength(1)
    expect(WindowDouble.all[0]?.calls).toEqual(['restore', 'show', 'focus'])
  })

  test('says why it cannot use its data, and ends', async () => {
    await start('linux', async () => {
      throw new Error('the data folder was written by a newer version')
    })
    expect(log.at(-1)).toBe('Taoforge cannot start: the data folder was written by a newer version')
    expect([app.exitCode, WindowDouble.all.length]).toEqual([1, 0])
  })

  test('shows the window only when it has something to show', async () => {
    await start()
    const window = WindowDouble.all[0]
    expect(window?.calls).toEqual([])
    window?.emit('ready-to-show')
    expect(window?.calls).toEqual(['show'])
  })
})

describe('the tray', () => {
  test('follows the miner and can stop it', async () => {
    await start()
    const tray = TrayDouble.last
    expect([tray.tip, tray.image]).toEqual(['Taoforge: Not mining', join('/app/resources/icons/tray.png')])
    status = { state: 'mining', answered: 4 }
    statusChanged()
    expect(tray.tip).toMatch(/4 answered/)
    expect(tray.image).toBe(join('/app/resources/icons/tray-mining.png'))
    tray.menu.find(({ label }) => label === 'Stop mining')?.click?.()
    expect(log).toContain('stop mining')
  })

  test('says that there is a coldkey alarm, and brings the window forward once for each', async () => {
    await start()
    const [window] = WindowDouble.all
    alarms = ['5A']
    guardChanged()
    expect(TrayDouble.last.tip).toBe('Taoforge: Coldkey alarm for one wallet: open the window')
    expect(TrayDouble.last.menu[0]?.label).toBe('Coldkey alarm for one wallet: open the window')
    const shown = () => window?.calls.filter((call) => call === 'focus').length
    expect(shown()).toBe(1)
    guardChanged()
    expect(shown()).toBe(1)
    alarms = []
    guardChanged()
    expect(TrayDouble.last.tip).toBe('Taoforge: Not mining')
    expect(shown()).toBe(1)
  })

  test('opens the window again after it was closed', async () => {
    await start()
    WindowDouble.all[0]?.emit('closed')
    TrayDouble.last.emit('click')
    expect(WindowDouble.all).toHaveLength(2)
  })
})

describe('alerts', () => {
  const alert: Alert = { kind: 'subnet-to-prune', netuid: netuid(3), freeSubnets: 0 }

  test('are shown by the system in sentences, say that practice is practice, and lead to the window', async () => {
    await start()
    raise(alert, false)
    raise(alert, true)
    const [real, play] = NotificationDouble.all
    expect(real).toMatchObject({
      shown: true,
      options: {
        title: 'Subnet 3, where you hold a place, is the next that the chain would remove.',
        body: expect.stringContaining('lowest price'),
      },
    })
    expect(play?.options.title).toMatch(/^Practice: Subnet 3/)
    real?.emit('click')
    expect(WindowDouble.all[0]?.calls).toEqual(['restore', 'show', 'focus'])
    WindowDouble.all[0]?.emit('closed')
    play?.emit('click')
    expect(WindowDouble.all).toHaveLength(2)
  })

  test('are not shown where the system shows none', async () => {
    NotificationDouble.supported = false
    await start()
    raise(alert, false)
    expect(NotificationDouble.all).toEqual([])
  })
})

describe('ending', () => {
  test.each([
    ['linux', 'off', true],
    ['linux', 'mining', false],
    ['win32', 'starting', false],
    ['win32', 'failed', true],
    ['darwin', 'off', false],
  ] as const)('without windows on %s while %s: quits %s', async (platform, state, quits) => {
    await start(platform)
    status = { state, answered: 0 }
    app.emit('window-all-closed')
    expect(log.includes('quit')).toBe(quits)
  })

  test('closes the host before the app ends, once', async () => {
    await start()
    let prevented = 0
    const preventDefault = () => {
      prevented += 1
    }
    const event = { preventDefault }
    app.emit('before-quit', event)
    app.emit('before-quit', event)
    expect(app.exitCode).toBeUndefined()
    await settled()
    expect(log.filter((line) => line === 'host closed')).toHaveLength(1)
    expect([prevented, app.exitCode, TrayDouble.last.destroyed]).toEqual([2, 0, true])
  })

  test('locks the wallets when the screen is locked or the computer sleeps', async () => {
    await start()
    powerMonitor.emit('lock-screen')
    powerMonitor.emit('suspend')
    expect(log.filter((line) => line === 'lock')).toHaveLength(2)
  })
})
