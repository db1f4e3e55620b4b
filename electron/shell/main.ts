import { join, resolve } from 'node:path'
import {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  powerMonitor,
  protocol,
  session,
  Tray,
  utilityProcess,
} from 'electron'
import { runningHost } from '../headless/host-file.ts'
import { createHost } from '../host/create-host.ts'
import { buildNodePorts } from '../node-ports.ts'
import { defaultDataFolder } from '../system/data-folder.ts'
import { keepNewSpaceSmall } from '../system/heap.ts'
import { type ShellHost, startShell } from './start-shell.ts'
import { utilitySpawn } from './utility-spawn.ts'

/** Pace of the practice network: quick enough to learn from, slow enough to read. */
const PRACTICE_BLOCK_MS = 2_000

const appFolder = app.getAppPath()

async function hostOfThisApp(): Promise<ShellHost> {
  const dataFolder = resolve(app.commandLine.getSwitchValue('data') || defaultDataFolder())
  if (await runningHost(dataFolder))
    throw new Error(`Taoforge runs already without a window and uses ${dataFolder}. End it there first.`)
  const spawn = utilitySpawn({
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
  const host = createHost(
    await buildNodePorts({
      kind: 'desktop',
      version: app.getVersion(),
      dataFolder,
      spawn,
      resourcesFolder: join(appFolder, 'resources'),
      practice: { blockMs: PRACTICE_BLOCK_MS },
    }),
  )
  return {
    router: host.router,
    miner: host.services.mining,
    lockWallets: (reason) => host.services.wallets.lock(reason),
    start: () => host.start(),
    close: () => host.close(),
  }
}

keepNewSpaceSmall()
void startShell(
  { app, BrowserWindow, dialog, ipcMain, Menu, powerMonitor, protocol, session, Tray },
  { appFolder, platform: process.platform, createHost: hostOfThisApp },
)
