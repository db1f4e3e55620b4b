import { toHex } from '../state/bytes.ts'
import type { Method, Methods } from './method.ts'
import { invalidParams } from './rpc-error.ts'
import { publicKeyOf } from './ss58.ts'

/** Shown by wallets as the network's name. Never a real network's: play money must not look like TAO. */
const CHAIN_NAME = 'Taoforge Practice'
/** Properties that clients format amounts and addresses with: those of mainnet. */
const PROPERTIES = { isEthereum: false, ss58Format: 42, tokenDecimals: 9, tokenSymbol: 'TAO' }

const accountNextIndex: Method = ({ node, params }) => {
  const key = publicKeyOf(params.text(0))
  if (!key) throw invalidParams('parameter 0: expected an address')
  return node.pool.nextNonce(toHex(key))
}

const syncState: Method = ({ node }) => {
  const { number } = node.chain.best.header
  return { startingBlock: 0, currentBlock: number, highestBlock: number }
}

export const systemMethods: Methods = {
  account_nextIndex: accountNextIndex,
  system_accountNextIndex: accountNextIndex,
  system_chain: () => CHAIN_NAME,
  system_chainType: () => 'Local',
  system_health: () => ({ peers: 0, isSyncing: false, shouldHavePeers: false }),
  system_localListenAddresses: () => [],
  system_localPeerId: ({ node }) => `practice-${node.chain.genesisHash.slice(2, 18)}`,
  system_name: () => 'Taoforge Practice Node',
  system_nodeRoles: () => ['Authority'],
  system_peers: () => [],
  system_properties: () => PROPERTIES,
  system_syncState: syncState,
  system_version: ({ node }) => `${node.chain.runtime.version.specVersion}.${node.chain.runtime.version.implVersion}.0`,
}
