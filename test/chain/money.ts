import { shielded } from '../../electron/keys/worker/signer/carrier.ts'
import { checkPayload } from '../../electron/keys/worker/signer/check-payload.ts'
import { readRuntime } from '../../electron/keys/worker/signer/signing-runtime.ts'
import { ShieldService } from '../../electron/services/shield.service.ts'
import { ok } from '../../shared/result.ts'
import { taoNeedOf } from '../../shared/transactions/shield.ts'
import { planCloseAccount, planTransfer } from '../../shared/transfers/plan-transfer.ts'
import { rao, type Ss58 } from '../../shared/units/amounts.ts'
import { said } from './report.ts'
import { freshSigner, type TestSigner } from './signer.ts'
import { inWords, type Places, sent, TAO, termsOf, type Walk } from './walk.ts'

const GIFT = rao(TAO / 10n)

/** TAO to an account that is opened by it, and all of it back, which closes that account. */
export async function send(it: Walk): Promise<void> {
  const { chain, report, account } = it
  const friend = freshSigner()
  const plan = async (by: TestSigner, to: Ss58, amount = GIFT) => {
    const now = await chain.transferSnapshot(by.address, to, amount)
    return now.ok ? planTransfer({ to, amount }, now.value) : now
  }
  report.refused('TAO to oneself', await plan(account, account.address), 'transfer/to-itself')
  const much = await plan(account, friend.address, rao((1n << 63n) - 1n))
  report.refused('more TAO than there is', much, 'transfer/balance-too-low')
  report.refused('no TAO at all', await plan(account, friend.address, rao(0n)), 'transfer/too-small')
  const transfer = report.took('a plan to send', await plan(account, friend.address), ({ txFee }) => `fee ${txFee} rao`)
  const paid = transfer && (await sent(it, 'send TAO', { call: transfer }))
  if (!paid) return
  report.done('send TAO', inWords(paid))
  const back = { to: account.address }
  const now = await chain.transferSnapshot(friend.address, back.to, undefined)
  const close = report.took(
    'a plan to close an account',
    now.ok ? planCloseAccount(back, now.value) : now,
    ({ amount }) => `${amount} rao`,
  )
  const closed = close && (await sent(it, 'close an account', { call: close, by: friend }))
  if (!closed) return
  const left = await chain.portfolio(friend.address, false)
  if (left.ok && left.value.free === 0n) report.done('close an account', inWords(closed))
  else report.failed('close an account', said(left))
}

/** A trade that nobody can read before it is in a block. */
export async function shield(it: Walk, places: Places, genesis: string): Promise<void> {
  const { chain, report, account, moves } = it
  const { netuid, hotkey } = places
  const add = { kind: 'add', netuid, hotkey, amount: rao(TAO / 10n) } as const
  const made = await moves.plan({ ...termsOf(places), moves: [add] })
  if (!made.ok) return void report.took('a hidden stake', made, () => '')
  const { intent } = made.value
  const service = new ShieldService({ chain, keys: keysOf(account) })
  const asked = { intent, callBytes: 100, mode: 'on', watchOnly: false, need: taoNeedOf(made.value) } as const
  const verdict = await service.verdict(account.address, asked)
  if (!verdict.hidden) return report.off('a hidden stake', `the chain hides nothing now: ${verdict.reason}`)
  const auto = await service.verdict(account.address, { ...asked, mode: 'auto' })
  const fast = !auto.hidden && auto.reason === 'too-fast'
  const submit = await service.sign({
    wallet: 'chain',
    signer: account.address,
    intent,
    toRead: ({ payload, metadata }) => ok({ payload, chain: { network: 'chain', genesis, metadata } }),
  })
  if (!submit.ok) return void report.took('a hidden stake', submit, () => '')
  const last = await new Promise<string>((resolve) => {
    const failed = (code: string) => resolve(code)
    const answer = submit.value((event) => {
      if (event.stage === 'in-block') resolve(`hidden until it was ${inWords(event.outcome)}`)
      if (event.stage === 'failed') failed(event.error.code)
      if (event.stage === 'left') failed('left')
    })
    void answer.then((taken) => (taken.ok ? undefined : failed(taken.error.code)))
  })
  if (last.startsWith('hidden')) report.done('a hidden stake', last)
  else if (fast) report.off('a hidden stake', `blocks come too fast for it here, as the app says before: ${last}`)
  else report.failed('a hidden stake', last)
}

/** The signer's own code, with a key of this process. */
const keysOf = ({ pair }: TestSigner): ConstructorParameters<typeof ShieldService>[0]['keys'] => ({
  signShielded: async ({ payload, intent, shieldKey: key, chain }) => {
    const runtime = readRuntime(chain.metadata)
    const read = checkPayload(runtime, { payload, intent, signer: 'coldkey', genesis: chain.genesis })
    return read.ok ? shielded(runtime, pair, { payload, inner: read.value, key, genesis: chain.genesis }) : read
  },
})
