import { useEffect, useState } from 'react'
import { useBridge } from '../../bridge/bridge-context.ts'
import { LiveSeries } from './live-series.ts'

/** Hears every number without building the page anew for each. */
export function useLiveSeries(): LiveSeries {
  const { client, subscriptions } = useBridge()
  const [series] = useState(() => new LiveSeries())
  useEffect(() => {
    let gone = false
    void client.call('monitor.series', { span: 'minutes' }).then((kept) => {
      if (!gone && kept.ok) series.load(kept.value.slots)
    })
    const hear = () => {
      const { value } = subscriptions.now('monitor.live')
      if (value) series.add(value)
    }
    const off = subscriptions.watch('monitor.live', hear)
    hear()
    return () => {
      gone = true
      off()
    }
  }, [client, subscriptions, series])
  return series
}
