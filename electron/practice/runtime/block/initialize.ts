import type { BlockContext } from '../../runtime.port.ts'
import type { Kv } from '../../state/kv.port.ts'
import { applyWaiting } from '../children/children.ts'
import { netuidsOf, runCoinbase } from '../coinbase/coinbase.ts'
import { nextEpochBlock, runEpoch } from '../coinbase/epoch.ts'
import type { Ctx } from '../core/ctx.ts'
import { type RuntimeEventValue, subtensorModule, system } from '../core/pallets.ts'
import { Store } from '../core/store.ts'
import { decayBurn } from '../neurons/register.ts'
import { ROOT } from '../stake/ledger.ts'
import { appendEvents, clearEvents } from './event-log.ts'

const s = subtensorModule.storage
const BLOCK_HASH_COUNT = system.constants.BlockHashCount.value
/** At most so many subnets hold their epoch in one block; the others follow in the next. */
const MOST_EPOCHS = 2

function openBlock(store: Store, { number, parentHash }: BlockContext): void {
  clearEvents(store.kv)
  store.set(system.storage.Number, [], number)
  store.set(system.storage.ParentHash, [], parentHash)
  store.set(system.storage.BlockHash, [number - 1], parentHash)
  if (number > BLOCK_HASH_COUNT) store.delete(system.storage.BlockHash, number - 1 - BLOCK_HASH_COUNT)
}

function runDueEpochs(ctx: Ctx, netuids: readonly number[]): void {
  const { store, block } = ctx
  const due = netuids.filter((netuid) => {
    const started = netuid !== ROOT && store.has(s.FirstEmissionBlockNumber, netuid)
    return started && nextEpochBlock(store, netuid) <= BigInt(block)
  })
  for (const netuid of due.slice(0, MOST_EPOCHS)) {
    runEpoch(ctx, netuid)
    applyWaiting(ctx, netuid)
  }
}

/** What happens in every block before its extrinsics: prices fall, tokens are emitted, epochs are held. */
export function initializeBlock(kv: Kv, context: BlockContext): void {
  const store = new Store(kv)
  const events: RuntimeEventValue[] = []
  const ctx: Ctx = { store, block: context.number, emit: (event) => events.push(event) }
  openBlock(store, context)
  const netuids = netuidsOf(store)
  for (const netuid of netuids) {
    decayBurn(store, netuid)
    store.delete(s.RegistrationsThisBlock, netuid)
    store.update(s.BlocksSinceLastStep, [netuid], (blocks) => blocks + 1n)
  }
  runCoinbase(ctx)
  runDueEpochs(ctx, netuids)
  appendEvents(kv, { type: 'Initialization', value: undefined }, events)
}
