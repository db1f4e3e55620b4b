import { planRegister } from '../../../shared/registration/plan-register.ts'
import { netuid as netuidOf, rao, ss58 } from '../../../shared/units/amounts.ts'
import { TestAccount } from './account.ts'
import { must, never, newChain, send, untilBlock } from './chain-session.ts'
import { plannedMove } from './planned-move.ts'

/** Another person on the same chain, who buys so much of a subnet that its price rises by far more than 0.5 %. */
export async function buyMuch(endpoint: string, netuid: number, amount: bigint): Promise<void> {
  const chain = newChain()
  must(await chain.connect({ endpoint }, never))
  try {
    const account = new TestAccount()
    const { block } = must(await chain.playMoney(account.address, rao(amount * 2n)))
    await untilBlock(chain, block)
    const id = netuidOf(netuid)
    const hotkey = must(await chain.validators(id))[0]?.hotkey
    if (!hotkey) throw new Error(`netuid ${netuid} has no validator`)
    const move = { kind: 'add', netuid: id, hotkey, amount: rao(amount), tolerancePpm: 500_000 } as const
    const events = await send(chain, account, must(await plannedMove(chain, account.address, move)))
    if (events.at(-1)?.stage !== 'finalized') throw new Error(JSON.stringify(events.at(-1)))
  } finally {
    await chain.disconnect()
  }
}

/** Another person on the same chain, who takes places: each makes the next one 26 % dearer. */
export async function takePlaces(endpoint: string, netuid: number, places: number): Promise<void> {
  const chain = newChain()
  must(await chain.connect({ endpoint }, never))
  try {
    const account = new TestAccount()
    const { block } = must(await chain.playMoney(account.address, rao(1_000_000_000_000n)))
    await untilBlock(chain, block)
    for (let taken = 0; taken < places; taken++) {
      const request = { netuid: netuidOf(netuid), hotkey: new TestAccount().address, tolerancePpm: 500_000 }
      const snapshot = must(await chain.registerSnapshot(account.address, request))
      const events = await send(chain, account, must(planRegister(request, snapshot)))
      if (events.at(-1)?.stage !== 'finalized') throw new Error(JSON.stringify(events.at(-1)))
    }
  } finally {
    await chain.disconnect()
  }
}

/** From the faucet of a practice network to an address, for a host that does not know that its network is one. */
export async function sendPlayMoney(endpoint: string, to: string, amount: bigint): Promise<void> {
  const chain = newChain()
  must(await chain.connect({ endpoint }, never))
  try {
    await untilBlock(chain, must(await chain.playMoney(ss58(to), rao(amount))).block)
  } finally {
    await chain.disconnect()
  }
}
