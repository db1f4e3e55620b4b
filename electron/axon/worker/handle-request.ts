import { err, ok, type Result } from '../../../shared/result.ts'
import type { AdapterRoute, AdapterTask, SubnetAdapter } from '../../mining/subnet-adapter.port.ts'
import { type Answering, type Asked, answerTask } from './answer-task.ts'
import { parseBoundedJson } from './bounded-json.ts'
import { senderOf } from './buckets.ts'
import type { Exchange } from './exchange.ts'
import type { Gate, RequestHead } from './gate.ts'
import { type BodyError, readBody } from './read-body.ts'
import { badRequest, REFUSALS, type Refusal } from './refusal.ts'

export interface Handling extends Answering {
  readonly adapter: SubnetAdapter
  readonly gate: Gate
  /** Longest wait for a body, ms. */
  readonly bodyMs: number
}

function headOf({ request }: Exchange): RequestHead {
  return {
    sender: senderOf(request.socket.remoteAddress),
    method: request.method ?? '',
    target: request.url ?? '',
    header: (name) => {
      const value = request.headers[name]
      return typeof value === 'string' ? value : undefined
    },
  }
}

function routeOf(adapter: SubnetAdapter, head: RequestHead): Result<AdapterRoute, Refusal> {
  const path = head.target.split('?', 1)[0]
  const route = adapter.routes.find((candidate) => candidate.path === path)
  if (!route) return err(REFUSALS.noRoute)
  if (head.method !== route.method) return err(REFUSALS.wrongMethod)
  const encoding = head.header('content-encoding') ?? 'identity'
  return encoding === 'identity' ? ok(route) : err(REFUSALS.encoded)
}

function taskOf(route: AdapterRoute, body: Uint8Array): Result<AdapterTask, Refusal> {
  const json = parseBoundedJson(body)
  if (!json.ok) return err(badRequest(json.error))
  const task = route.toTask(json.value)
  return task.ok ? task : err(badRequest(task.error))
}

/** Everything between the head of a request and its task. Each step costs more than the one before and trusts more. */
async function understand(
  { adapter, gate, limits, bodyMs }: Handling,
  exchange: Exchange,
  head: RequestHead,
): Promise<Result<Asked, BodyError>> {
  const route = routeOf(adapter, head)
  if (!route.ok) return route
  const admitted = gate.admit(head, exchange.arrivedMs)
  if (!admitted.ok) return admitted
  const body = await readBody(exchange.request, limits.bodyBytes, Math.min(bodyMs, limits.deadlineMs))
  if (!body.ok) return body
  const caller = gate.prove(admitted.value, body.value, Date.now())
  if (!caller.ok) return caller
  exchange.provenBy(caller.value.hotkey)
  const refusal = gate.allow(caller.value, Date.now())
  if (refusal) return err(refusal)
  const request = taskOf(route.value, body.value)
  return request.ok ? ok({ route: route.value, request: request.value }) : request
}

/** One request from its head to its answer. Never throws for anything that a sender can do. */
export async function handleRequest(handling: Handling, exchange: Exchange): Promise<void> {
  const head = headOf(exchange)
  if (!handling.gate.hasRoom(head.sender, exchange.arrivedMs)) return exchange.refuse(REFUSALS.addressRate)
  if (head.method === 'GET' && head.target === '/healthz') {
    exchange.response.writeHead(200, { 'content-type': 'application/json' }).end('{"ok":true}')
    return
  }
  if (handling.open.stopping) return exchange.refuse(REFUSALS.stopping)
  const understood = await understand(handling, exchange, head)
  if (understood.ok) return answerTask(handling, exchange, understood.value)
  if (understood.error === 'gone') exchange.cancelled()
  else exchange.refuse(understood.error)
}
