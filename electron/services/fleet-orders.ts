import type { AppError } from '../../shared/errors.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import type { LogPort } from '../system/system.port.ts'
import type { MiningService } from './mining.service.ts'
import type { NetworkService } from './network.service.ts'
import type { SettingsService } from './settings.service.ts'

export interface FleetOrdersDeps {
  readonly mining: Pick<MiningService, 'status' | 'start' | 'stop'>
  readonly network: Pick<NetworkService, 'genesis' | 'choice'>
  readonly settings: Pick<SettingsService, 'get'>
  readonly log: LogPort
}

/**
 * What another computer may have done here, if the owner allowed it. It names nothing: started is what a person started here by hand last,
 * on the chain where that was, and starting never registers and so never spends.
 */
export function fleetOrders({ mining, network, settings, log }: FleetOrdersDeps): {
  start(): Result<null, AppError>
  stop(): Result<null, AppError>
} {
  const follow = (event: string, done: Promise<Result<unknown, AppError>>) =>
    void done.then((ended) => {
      if (!ended.ok) log.log('warn', event, { code: ended.error.code })
    })
  return {
    /** Answers at once; how it goes is in the next report. */
    start() {
      const choice = settings.get().minerChoice
      const genesis = network.genesis()
      if (!choice || genesis === undefined || choice.genesis !== genesis || choice.network !== network.choice()?.kind)
        return err({ code: 'mining/nothing-confirmed' })
      if (!['off', 'failed'].includes(mining.status().state)) return err({ code: 'mining/already-running' })
      const { network: _kind, genesis: _genesis, ...request } = choice
      follow('fleet.start', mining.start(request))
      return ok(null)
    },
    stop() {
      if (mining.status().state === 'off') return err({ code: 'mining/not-running' })
      follow('fleet.stop', mining.stop())
      return ok(null)
    },
  }
}
