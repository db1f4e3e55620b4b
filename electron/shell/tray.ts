import type { MenuItemConstructorOptions } from 'electron'
import type { MiningStatus } from '../../shared/contract/mining.contract.ts'

export interface TrayActions {
  readonly show: () => void
  readonly stopMining: () => void
  readonly quit: () => void
}

type Shown = Pick<MiningStatus, 'state' | 'subnetName' | 'netuid' | 'answered' | 'tokensPerSecond' | 'held'>

/** Above everything else that the tray says; absent while there is none. No address on a shared screen. */
export function alarmText(alarms: readonly unknown[]): string | undefined {
  if (alarms.length === 0) return undefined
  return `Coldkey alarm for ${alarms.length === 1 ? 'one wallet' : `${alarms.length} wallets`}: open the window`
}

/** One line for the tooltip and the top of the menu. Counts and states only; no amounts on a shared screen. */
export function trayText(status: Shown): string {
  const where = status.subnetName ?? (status.netuid === undefined ? '' : `subnet ${status.netuid}`)
  switch (status.state) {
    case 'off':
      return 'Not mining'
    case 'starting':
      return `Starting to mine ${where}`.trim()
    case 'mining': {
      if (status.held) return `Mining ${where} is held: open the window to see why`
      const speed = status.tokensPerSecond === undefined ? '' : `, ${status.tokensPerSecond.toFixed(1)} tokens/s`
      return `Mining ${where}: ${status.answered} answered${speed}`
    }
    case 'stopping':
      return 'Stopping the miner'
    case 'failed':
      return 'Mining stopped: open the window to see why'
  }
}

export const isMining = ({ state }: Pick<MiningStatus, 'state'>): boolean =>
  state === 'starting' || state === 'mining' || state === 'stopping'

export function trayMenu(
  status: Shown,
  actions: TrayActions,
  alarm?: string | undefined,
): MenuItemConstructorOptions[] {
  const stop: MenuItemConstructorOptions = {
    label: 'Stop mining',
    enabled: status.state === 'mining' || status.state === 'starting',
    click: actions.stopMining,
  }
  return [
    ...(alarm === undefined ? [] : [{ label: alarm, click: actions.show }]),
    { label: trayText(status), enabled: false },
    { type: 'separator' },
    { label: 'Open Taoforge', click: actions.show },
    stop,
    { type: 'separator' },
    { label: 'Quit', click: actions.quit },
  ]
}
