import type { Alert, AlertKind } from '../alerts/alert.ts'
import { assertNever } from '../result.ts'
import { formatUnits } from '../units/decimal.ts'
import { explainError } from './explain-error.ts'
import { type ErrorWords, words } from './words.ts'

/** Names of kinds, for settings. */
export const ALERT_NAMES: Readonly<Record<AlertKind, string>> = {
  'place-in-danger': 'A place is in danger',
  'immunity-ending': 'Immunity of a place ends',
  deregistered: 'A place was lost',
  'subnet-to-prune': 'A subnet may be removed',
  'miner-stopped': 'The miner stopped',
  'mining-paused': 'Mining was paused, because it costs more than it brings',
  'price-reached': 'A price was reached',
  'epoch-unexplained': 'An epoch does not add up',
}

const HOUR = 3_600_000
const counted = (count: number, unit: string): string => (count === 1 ? `one ${unit}` : `${count} ${unit}s`)

/** `about 5 hours`: cut, never more than there is. */
export function aboutTime(ms: number): string {
  if (ms < HOUR) return `about ${counted(Math.max(1, Math.trunc(ms / 60_000)), 'minute')}`
  if (ms < 48 * HOUR) return `about ${counted(Math.trunc(ms / HOUR), 'hour')}`
  return `about ${counted(Math.trunc(ms / (24 * HOUR)), 'day')}`
}

const KEEP_IT =
  'More pay from validators moves it up: see that the miner runs, is reached, and answers. Else be ready to lose it.'

const LOST = {
  replaced: 'Somebody else registered, and this place had the lowest pay of those that may be replaced.',
  'subnet-removed': 'The subnet itself was removed by the chain.',
  'uid-removed': 'The subnet has fewer places now.',
} as const

type Of<K extends AlertKind> = Extract<Alert, { readonly kind: K }>

function dangerWords({ netuid, uid, registrationsLeft, keptMs }: Of<'place-in-danger'>): ErrorWords {
  const left =
    registrationsLeft === 1
      ? 'It goes with the next registration'
      : `It goes with registration ${registrationsLeft} from now`
  const kept = keptMs === undefined ? '' : `, which may be in ${aboutTime(keptMs)}`
  return words(`The place with uid ${uid} on subnet ${netuid} may be lost soon`, `${left}${kept}`, KEEP_IT)
}

function pruneWords({ netuid, freeSubnets }: Of<'subnet-to-prune'>): ErrorWords {
  const when =
    freeSubnets === undefined
      ? 'if no place for subnets is free by then'
      : freeSubnets === 0
        ? 'and no place for subnets is free'
        : `once the ${counted(freeSubnets, 'free place')} for subnets are taken`
  return words(
    `Subnet ${netuid}, where you hold a place, is the next that the chain would remove`,
    `It has the lowest price of those that may go. It goes when somebody registers a new subnet, ${when}`,
    'Places there end with it, and stake is paid out by its pool. Think of it before you pay for more there.',
  )
}

function minerWords({ netuid, error }: Of<'miner-stopped'>): ErrorWords {
  const where = netuid === undefined ? '' : ` on subnet ${netuid}`
  const told = error && explainError(error)
  return {
    what: `The miner${where} stopped by itself.`,
    why: told ? `${told.what} ${told.why}` : 'It did not say why.',
    next: told?.next ?? 'Look into the log, and start it again.',
  }
}

function redWords({ netuid, fromBlock, epochBlock, unexplained }: Of<'epoch-unexplained'>, mark: string): ErrorWords {
  const amount = formatUnits(unexplained < 0n ? -unexplained : unexplained)
  const where = netuid === 0 ? 'On root' : `In an epoch of subnet ${netuid},`
  return words(
    `${where} ${amount} ${mark}${netuid === 0 ? 'TAO' : 'alpha'} ${unexplained < 0n ? 'went' : 'came'} that nothing explains`,
    `No move of yours and no event of blocks ${fromBlock + 1} to ${epochBlock} tells where ${unexplained < 0n ? 'it went' : 'it came from'}, and the epoch itself did not pay it`,
    'Look at the red row under Earnings, and at these blocks in an explorer. If you did not move it, see whether somebody else can use the wallet.',
  )
}

/**
 * What happened, why, and what to do. No address and no name of a wallet is in it: it may leave this computer.
 * @param play of the practice network: its amounts carry the mark that they have everywhere
 */
export function alertWords(alert: Alert, play = false): ErrorWords {
  const mark = play ? 'play ' : ''
  switch (alert.kind) {
    case 'place-in-danger':
      return dangerWords(alert)
    case 'immunity-ending':
      return words(
        `Immunity of the place with uid ${alert.uid} on subnet ${alert.netuid} ends in ${aboutTime(alert.leftMs)}`,
        `From block ${alert.untilBlock} on it may be replaced when somebody registers, if its pay is the lowest then`,
        'See that the miner runs and is paid by then.',
      )
    case 'deregistered':
      return words(
        `The place with uid ${alert.uid} on subnet ${alert.netuid} was lost`,
        LOST[alert.because],
        alert.because === 'subnet-removed'
          ? 'What was staked there is paid out by the chain. Choose another subnet.'
          : 'The stake of the hotkey stays yours. To mine there again it has to be registered and paid for anew: look at the outlook first.',
      )
    case 'subnet-to-prune':
      return pruneWords(alert)
    case 'miner-stopped':
      return minerWords(alert)
    case 'mining-paused':
      return {
        what: `Your rule paused mining on subnet ${alert.netuid}.`,
        why: alert.why,
        next: 'It goes on by itself when prices or the tariff make it worth its power. To mine all the same, press “Go on now” under Profit.',
      }
    case 'price-reached':
      return words(
        `A place on subnet ${alert.netuid} costs ${formatUnits(alert.price)} ${mark}TAO now`,
        `A rule of yours waits until it is ${formatUnits(alert.wanted)} ${mark}TAO or less`,
        'It buys once, as soon as the wallet that set it is shown and unlocked. See what became of it under Your places.',
      )
    case 'epoch-unexplained':
      return redWords(alert, mark)
    default:
      return assertNever(alert)
  }
}
