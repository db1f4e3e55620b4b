import type { FleetMachineView, FleetView } from '../../shared/contract/fleet.contract.ts'
import type { FleetReport } from '../../shared/fleet/fleet-report.ts'
import { formatUnits } from '../../shared/units/decimal.ts'
import { explainError } from '../../shared/words/explain-error.ts'
import { fleetAlertWords, fleetHeldWords, fleetNetworkName } from '../../shared/words/fleet-words.ts'

const SECOND = 1_000
/** `12 s`, `5 min`, `3 h`, `2 d`. */
function ageText(ms: number): string {
  const seconds = Math.max(0, Math.trunc(ms / SECOND))
  if (seconds < 60) return `${seconds} s`
  if (seconds < 3_600) return `${Math.trunc(seconds / 60)} min`
  return seconds < 86_400 ? `${Math.trunc(seconds / 3_600)} h` : `${Math.trunc(seconds / 86_400)} d`
}

/** What is unknown is left out; a line of a terminal has no place to say so for each. */
function reportText({ miner, gpuC, power, alerts }: FleetReport): string {
  const what =
    miner.state === 'mining'
      ? `${miner.held ? `held (${fleetHeldWords(miner.held)})` : 'mining'} on subnet ${miner.netuid ?? 'unknown'}`
      : `miner ${miner.state}`
  const facts = [
    what,
    miner.tokensPerSecond === undefined ? undefined : `${miner.tokensPerSecond.toFixed(1)} tok/s`,
    gpuC === undefined ? undefined : `${Math.round(gpuC)} °C`,
    power === undefined ? undefined : `${power.partial ? 'at least ' : ''}${Math.round(power.watts)} W`,
  ].filter((fact) => fact !== undefined)
  return [facts.join(', '), ...alerts.map(fleetAlertWords)].join('. ').replace(/\.$/, '')
}

function machineText(machine: FleetMachineView, atMs: number): string {
  const { name, state, error, lastSeenMs, report } = machine
  if (state === 'connected' && report) return `${name}: ${reportText(report)}.`
  const seen = lastSeenMs === undefined ? 'Never seen so far.' : `Last seen ${ageText(atMs - lastSeenMs)} ago.`
  if (!error) return `${name}: being asked. ${seen}`
  const { what, why } = explainError(error)
  return `${what} ${why} ${seen}`
}

/** The fleet for a person at a terminal. Names have no letters that could command a terminal: the contract refuses them. */
export function fleetText({ atMs, own, ownName, machines, totals, viewers, door }: FleetView): readonly string[] {
  const networks = totals.networks.map((one) => {
    const tao = one.tao === undefined ? 'an unknown amount of TAO' : `${formatUnits(one.tao)} TAO`
    const speed =
      one.tokensPerSecond === undefined
        ? 'speed unknown'
        : `${one.tokensPerSecond.toFixed(1)} tok/s by ${one.speedOf} of ${one.mining}`
    const money = one.kind === 'practice' ? ' (play money)' : ''
    const earned = `earned so far ${tao}${money}, as ${one.earningsOf} of ${one.machines} say`
    return `${fleetNetworkName(one.kind, one)}: ${one.mining} of ${one.machines} mining, ${speed}; ${earned}.`
  })
  const shared = totals.shared.map(
    ({ hotkey, machines: names, mining }) =>
      `The hotkey ${hotkey} is on ${names.join(' and ')}: counted once.${mining > 1 ? ' More than one of them mines with it: they push each other off the chain.' : ''}`,
  )
  return [
    `${ownName} (this computer): ${reportText(own)}.`,
    ...machines.map((machine) => machineText(machine, atMs)),
    ...(machines.length === 0 ? [] : [`${totals.heard} of ${totals.machines} machines answer; the sums are of these.`]),
    ...networks,
    ...shared,
    `Door: ${door.state}${door.port === undefined || door.state === 'off' ? '' : `, port ${door.port}`}. May look at this computer: ${viewers.map(({ name, mayControl }) => (mayControl ? `${name} (and start and stop)` : name)).join(', ') || 'nobody'}.`,
  ]
}
