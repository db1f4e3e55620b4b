import { AxonClient, startLoaded } from '../axon-load.ts'
import type { BenchCase } from '../case.ts'
import { startOfficial } from '../official-server.ts'
import { axonRound, Meter, microseconds, perSecond, type Round, warmUp } from './axon-rate.ts'

const PAIRS = 4

/** Rounds against both servers in turns, so that whatever else the machine does meets both. */
async function ratio(): Promise<number> {
  const ours = await startLoaded()
  const client = new AxonClient()
  const official = await startOfficial(ours.receiver)
  const theirs = { ...ours, port: official.port }
  try {
    await warmUp(client, ours)
    await warmUp(client, theirs)
    const rounds = { ours: [] as Round[], theirs: [] as Round[] }
    const [worker, host] = [new Meter(ours.workers[0]?.pid ?? 0), new Meter(process.pid)]
    const rival = new Meter(official.pid)
    for (let i = 0; i < PAIRS; i++) {
      rounds.ours.push(await host.during(() => worker.during(() => axonRound(client, ours))))
      rounds.theirs.push(await rival.during(() => axonRound(client, theirs)))
    }
    const rates = { ours: perSecond(rounds.ours), theirs: perSecond(rounds.theirs) }
    process.stderr.write(`requests/s: ours ${Math.round(rates.ours)}, official ${Math.round(rates.theirs)}\n`)
    const cost = {
      ours: microseconds(worker.spentMs + host.spentMs, rounds.ours),
      theirs: microseconds(rival.spentMs, rounds.theirs),
    }
    process.stderr.write(
      `processor time of a request, µs: ours ${cost.ours.toFixed(0)} with the host, official ${cost.theirs.toFixed(0)}; ratio ${(cost.theirs / cost.ours).toFixed(2)}\n`,
    )
    return rates.ours / rates.theirs
  } finally {
    official.close()
    client.close()
    await ours.axon.stop()
  }
}

export const axonRatio: BenchCase = { name: 'axon-ratio', unit: 'ratio', target: 5, better: 'higher', run: ratio }
