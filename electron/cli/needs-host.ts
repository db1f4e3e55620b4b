/**
 * Channels that keep something in a process between two calls: one half of a key pair, drafted words, an opened key,
 * prepared bytes, a running miner, a download, a search for missing blocks. In a terminal that ends after one answer they
 * would lose it, so they ask for a running host.
 */
export const NEEDS_HOST: ReadonlySet<string> = new Set([
  'wallet.sealingKey',
  'wallet.draft',
  'wallet.create',
  'wallet.unlock',
  'wallet.lock',
  'wallet.unlockHotkey',
  'wallet.lockHotkey',
  'transaction.prepare',
  'transaction.send',
  'airgap.export',
  'airgap.send',
  'airgap.sign',
  'ledger.fill',
  'orders.sign',
  'staking.startQueue',
  'staking.runQueue',
  'staking.stopQueue',
  'mining.start',
  'reach.close',
  'reach.help',
  'reach.stopHelping',
  'mining.stop',
  'mining.move',
  'models.download',
  'models.move',
  'models.cancel',
])
