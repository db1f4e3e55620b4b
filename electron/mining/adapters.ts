import { err, ok } from '../../shared/result.ts'
import { practiceChat } from './practice-chat/practice-chat.ts'
import type { AdapterRegistry, LiveIdentity, SubnetAdapter } from './subnet-adapter.port.ts'

const ALL: readonly SubnetAdapter[] = [practiceChat]

function serves({ expectedIdentity: expected }: SubnetAdapter, live: LiveIdentity): boolean {
  if (!expected.networks.includes(live.network) || expected.subnetName !== live.subnetName) return false
  return expected.githubRepo === undefined || expected.githubRepo === live.githubRepo
}

/** Every subnet protocol that this program speaks. */
export const adapters: AdapterRegistry = {
  byId: (id) => ALL.find((adapter) => adapter.id === id),
  forSubnet: (netuid, live) => {
    const adapter = ALL.find((candidate) => serves(candidate, live))
    return adapter ? ok(adapter) : err({ code: 'mining/no-adapter', netuid })
  },
}
