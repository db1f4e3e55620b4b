import { AxonClient, startLoaded } from '../axon-load.ts'
import type { BenchCase } from '../case.ts'
import { startOfficial } from '../official-server.ts'
import { axonRound, perSecond } from './axon-rate.ts'

const PAIRS = 4

/** Rounds against both servers in turns, so that whatever else the machine does meets both. */
async function ratio(): Promise<number> {
  const ours = await startLoaded()
  const client = new AxonClient()
  const official = await startOfficial(ours.receiver)
  const theirs = { ...ours, port: official.port }
  try {
    await axonRound(client, ours)
    await axonRound(client, theirs)
    const took = { ours: [] as number[], theirs: [] as number[] }
    for (let i = 0; i < PAIRS; i++) {
      took.ours.push(await axonRound(client, ours))
      took.theirs.push(await axonRound(client, theirs))
    }
    const rates = { ours: perSecond(took.ours), theirs: perSecond(took.theirs) }
    process.stderr.write(`requests/s: ours ${Math.round(rates.ours)}, official ${Math.round(rates.theirs)}\n`)
    return rates.ours / rates.theirs
  } finally {
    official.close()
    client.close()
    await ours.axon.stop()
  }
}

export const axonRatio: BenchCase = { name: 'axon-ratio', unit: 'ratio', target: 5, better: 'higher', run: ratio }
