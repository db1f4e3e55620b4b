import type { HoldReason } from '../mining/hold.ts'
import { assertNever } from '../result.ts'

const two = (number: number): string => String(number).padStart(2, '0')
const clock = (ms: number): string => {
  const at = new Date(ms)
  return `${two(at.getHours())}:${two(at.getMinutes())}`
}
const minutes = (ms: number): string => {
  const whole = Math.max(1, Math.round(ms / 60_000))
  return whole === 1 ? 'one minute' : `${whole} minutes`
}

/** Why a miner is held, and when it goes on: whole sentences. */
export function holdSentence(reason: HoldReason): string {
  switch (reason.kind) {
    case 'too-hot':
      return `The ${reason.part} is at ${Math.round(reason.celsius)} °C, above the limit of ${reason.limitCelsius} °C. It goes on at ${reason.resumesAtCelsius} °C.`
    case 'heat-unknown':
      return 'No temperature of this computer can be read, and it was set to wait then. It goes on when one can be read.'
    case 'on-battery':
      return `This computer runs on its battery${reason.chargePercent === undefined ? '' : `, at ${Math.round(reason.chargePercent)} %`}. It goes on when it is plugged in.`
    case 'schedule':
      return `It is outside of the hours that were set for mining.${reason.untilMs === undefined ? '' : ` It goes on at ${clock(reason.untilMs)}.`}`
    case 'in-use':
      return `Somebody works at this computer. It goes on after ${minutes(reason.waitMs)} without input.`
    case 'no-profit':
      return `${reason.why} It goes on when that changes.`
    default:
      return assertNever(reason)
  }
}
