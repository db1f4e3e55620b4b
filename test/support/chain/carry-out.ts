import type { SubmitEvent } from '../../../electron/chain/chain.port.ts'
import type { Intent } from '../../../shared/signing/intent.ts'
import type { Outcome } from '../../../shared/transactions/transaction.ts'
import type { TestAccount } from './account.ts'
import { must, type newChain } from './chain-session.ts'

/** Signs and sends what is meant. @returns what the chain's events tell of it, once it is in a block. @throws where it failed */
export async function carryOut(chain: ReturnType<typeof newChain>, by: TestAccount, intent: Intent): Promise<Outcome> {
  const prepared = must(await chain.prepareCall(by.address, intent))
  return new Promise<Outcome>((resolve, reject) => {
    const onEvent = (event: SubmitEvent) => {
      if (event.stage === 'in-block') resolve(event.outcome)
      if (event.stage === 'failed') reject(new Error(JSON.stringify(event.error)))
    }
    chain.submit(prepared.handle, by.sign(prepared.payload), onEvent).then((sent) => {
      if (!sent.ok) reject(new Error(JSON.stringify(sent.error)))
    }, reject)
  })
}
