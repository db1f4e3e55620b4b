import { join, resolve } from 'node:path'
import {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  Notification,
  powerMonitor,
  protocol,
  session,
  Tray,
  utilityProcess,
} from 'electron'
import { openTerminalDoor } from '../headless/terminal-door.ts'
import { createHost, type Host } from '../host/create-host.ts'
import { buildNodePorts } from '../node-ports.ts'
import { StorageFailure } from '../storage/storage.port.ts'
import { defaultDataFolder } from '../system/data-folder.ts'
import { keepNewSpaceSmall } from '../system/heap.ts'
import type { SpawnPort } from '../system/spawn.port.ts'
import { confinedSpawn } from './confined-spawn.ts'
import { findNodeBeside, provesConfined } from './node-beside.ts'
import { startFailure } from './start-failure.ts'
import { type ShellHost, startShell } from './start-shell.ts'
import { utilitySpawn } from './utility-spawn.ts'

/** Pace of the practice network: quick enough to learn from, slow enough to read. */
const PRACTICE_BLOCK_MS = 2_000

const appFolder = app.getAppPath()

/** @throws with words for a person: there is no window yet to show a code in. */
async function hostFor(dataFolder: string, spawn: SpawnPort): Promise<Host> {
  try {
    const ports = await buildNodePorts({
      kind: 'desktop',
      version: app.getVersion(),
      dataFolder,
      spawn,
      resourcesFolder: join(appFolder, 'resources'),
      practice: { blockMs: PRACTICE_BLOCK_MS },
      desktop: {
        onBattery: () => powerMonitor.onBatteryPower,
        idleSeconds: () => powerMonitor.getSystemIdleTime(),
      },
    })
    return createHost(ports)
  } catch (cause) {
    if (!(cause instanceof StorageFailure)) throw cause
    throw new Error(startFailure(cause))
  }
}

async function workersOfThisApp(): Promise<SpawnPort> {
  const others = utilitySpawn({
    fork: (modulePath, args, options) => utilityProcess.fork(modulePath, args, options),
    workersFolder: join(appFolder, 'out', 'main', 'workers'),
    killNow: (pid) => {
      try {
        process.kill(pid, 'SIGKILL')
      } catch {
        // Gone already: that is what was wanted.
      }
    },
  })
  const resourcesFolder = app.isPackaged ? process.resourcesPath : undefined
  const beside = findNodeBeside({ appFolder, resourcesFolder, platform: process.platform })
  if (beside && (await provesConfined(beside))) return confinedSpawn({ beside, others })
  process.stderr.write(
    'The Node beside this app cannot be used: its workers run as Electron’s processes, unconfined.\n',
  )
  return others
}

async function hostOfThisApp(): Promise<ShellHost> {
  const dataFolder = resolve(app.commandLine.getSwitchValue('data') || defaultDataFolder())
  const spawn = await workersOfThisApp()
  const host = await hostFor(dataFolder, spawn)
  // Without its door a terminal would start a host beside this one, and be refused the folder.
  const closeDoor = await openTerminalDoor(host.router, dataFolder)
  return {
    router: host.router,
    miner: host.services.mining,
    guard: host.services.accounts,
    alerts: {
      onAlert: (listener) =>
        host.services.alerts.onNotice(({ alert }) => listener(alert, host.services.network.isPractice())),
    },
    lockWallets: (reason) => host.services.wallets.lock(reason),
    start: () => host.start(),
    close: async () => {
      await closeDoor()
      await host.close()
    },
  }
}

keepNewSpaceSmall()
void startShell(
  { app, BrowserWindow, dialog, ipcMain, Menu, Notification, powerMonitor, protocol, session, Tray },
  { appFolder, platform: process.platform, createHost: hostOfThisApp },
)
