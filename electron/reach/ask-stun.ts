import { randomBytes } from 'node:crypto'
import { lookup } from 'node:dns/promises'
import { parseIp } from '../../shared/mining/ip-address.ts'
import type { Family, StunFact } from '../../shared/reach/judge-reach.ts'
import { seenAddress, stunQuestion, stunServer, TRANSACTION_BYTES } from '../../shared/reach/stun-message.ts'
import { askUdp } from './ask-udp.ts'

/** Three sendings. @source RFC 8489, 6.2.1: 500 ms, then twice as long each time */
const WAITS_MS = [500, 1000, 2000]

async function addressOf(host: string, family: Family): Promise<string | undefined> {
  const ip = parseIp(host)
  if (ip) return ip.version === family ? host : undefined
  const found = await lookup(host, { family }).catch(() => undefined)
  return found?.address
}

/** Asks one server which address it sees. An answer of another sender, or to another question, is none. */
export async function askStun(text: string, family: Family, signal: AbortSignal): Promise<StunFact> {
  const server = stunServer(text)
  const address = server && (await addressOf(server.host, family))
  if (!server || address === undefined || signal.aborted) return { server: text }
  const transaction = new Uint8Array(randomBytes(TRANSACTION_BYTES))
  const seen = await askUdp(
    {
      family,
      to: { address, port: server.port },
      bytes: [stunQuestion(transaction)],
      waitsMs: WAITS_MS,
      read: (message, from) =>
        from.address === address && from.port === server.port ? seenAddress(message, transaction) : undefined,
    },
    signal,
  )
  return seen?.family === family ? { server: text, address: seen.address } : { server: text }
}
