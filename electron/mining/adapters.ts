import { identityDifference } from '../../shared/mining/subnet-identity.ts'
import { err, ok } from '../../shared/result.ts'
import { axonChat } from './axon-chat/axon-chat.ts'
import { axonEmbeddings } from './axon-embeddings/axon-embeddings.ts'
import { fiberChat } from './fiber-chat/fiber-chat.ts'
import { httpChat } from './http-chat/http-chat.ts'
import { httpEmbeddings } from './http-embeddings/http-embeddings.ts'
import { httpForward } from './http-forward/http-forward.ts'
import { httpRerank } from './http-rerank/http-rerank.ts'
import { practiceChat } from './practice-chat/practice-chat.ts'
import { readyAi } from './readyai/readyai.ts'
import type { AdapterRegistry, SubnetAdapter } from './subnet-adapter.port.ts'
import type { AdapterFolders } from './third-party/adapter-folders.ts'

/** Every adapter that comes with this program. */
export const SHIPPED: readonly SubnetAdapter[] = [
  practiceChat,
  readyAi,
  fiberChat,
  axonChat,
  axonEmbeddings,
  httpChat,
  httpEmbeddings,
  httpRerank,
  httpForward,
]

/** Made for one subnet, and not for whichever speaks the protocol. */
const isOwn = ({ expectedIdentity }: SubnetAdapter): boolean => expectedIdentity.subnetName !== undefined

/** Adapters by what the live chain says of a subnet. */
export function registryOf(all: readonly SubnetAdapter[], folders?: AdapterFolders): AdapterRegistry {
  const everything = () => (folders ? [...all, ...folders.list()] : all)
  const fitting: AdapterRegistry['choicesFor'] = (live) =>
    everything()
      .filter(({ expectedIdentity }) => identityDifference(expectedIdentity, live) === undefined)
      .toSorted((a, b) => Number(isOwn(b)) - Number(isOwn(a)))
  return {
    byId: (id) => everything().find((adapter) => adapter.id === id),
    choicesFor: fitting,
    forSubnet: (netuid, live) => {
      const adapter = fitting(live).find(
        (one) => isOwn(one) && one.remote === undefined && one.verified.status === 'verified',
      )
      return adapter ? ok(adapter) : err({ code: 'mining/no-adapter', netuid })
    },
  }
}

/** Those that came with this program. */
export const adapters: AdapterRegistry = registryOf(SHIPPED)
