import { useEffect, useState } from 'react'
import { valueIn } from '../../bridge/loadable.ts'
import { useSubscription } from '../../bridge/use-subscription.ts'

/** A countdown is silent but for these moments, ms before the end. */
const MOMENTS = [
  { beforeMs: 600_000, text: 'The wallet locks in 10 minutes.' },
  { beforeMs: 60_000, text: 'The wallet locks in 1 minute.' },
]

/** Tells screen readers of the lock: shortly before, and when it is done. */
export function LockAnnouncer() {
  const state = valueIn(useSubscription('wallet.state'))
  const locksAtMs = state?.locksAtMs
  const unlocked = state?.active?.unlocked
  const [said, setSaid] = useState('')
  const [wasOpen, setWasOpen] = useState(false)
  useEffect(() => {
    if (locksAtMs === undefined) return
    const timers = MOMENTS.map(({ beforeMs, text }) => {
      const inMs = locksAtMs - beforeMs - Date.now()
      return inMs > 0 ? setTimeout(() => setSaid(text), inMs) : undefined
    })
    return () => {
      for (const timer of timers) clearTimeout(timer)
    }
  }, [locksAtMs])
  useEffect(() => {
    if (unlocked) setWasOpen(true)
    else if (wasOpen) setSaid('The wallet is locked.')
  }, [unlocked, wasOpen])
  return (
    <div className="vh" role="status" aria-live="assertive">
      {said}
    </div>
  )
}
