import { useCallback, useEffect, useState } from 'react'
import type { WalletView } from '../../../shared/contract/wallet.contract.ts'
import type { ShieldMode } from '../../../shared/transactions/shield.ts'
import type { Plan, Prepared, TransactionRecord } from '../../../shared/transactions/transaction.ts'
import { useCommand } from '../../bridge/use-command.ts'

/** Quotes again and builds the bytes as soon as the dialog opens; again when asked to. */
export function usePrepared(plan: Plan) {
  const { send, busy, error } = useCommand('transaction.prepare')
  const [prepared, setPrepared] = useState<Prepared>()
  const [shield, chooseShield] = useState<ShieldMode>('auto')
  const prepare = useCallback(async () => {
    setPrepared(undefined)
    const result = await send({ plan, shield })
    if (result.ok) setPrepared(result.value)
  }, [send, plan, shield])
  useEffect(() => void prepare(), [prepare])
  return { prepared, error, busy, prepare, chooseShield }
}

export function useSigning(wallet: WalletView, prepared: Prepared | undefined) {
  const unlock = useCommand('wallet.unlock')
  const send = useCommand('transaction.send')
  const [record, setRecord] = useState<TransactionRecord>()
  const sign = async (password: string) => {
    if (!prepared) return false
    if (!wallet.unlocked) {
      const opened = await unlock.send({ name: wallet.name, password })
      if (!opened.ok) return false
    }
    const sent = await send.send({ preparedId: prepared.preparedId })
    if (sent.ok) setRecord(sent.value)
    return sent.ok
  }
  const forget = () => {
    unlock.clear()
    send.clear()
  }
  return { sign, record, unlock, send, forget }
}
