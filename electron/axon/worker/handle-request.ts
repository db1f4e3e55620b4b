import { err, ok, type Result } from '../../../shared/result.ts'
import type { AdapterRoute, AdapterTask, SubnetAdapter } from '../../mining/subnet-adapter.port.ts'
import { type Answering, type Asked, answerTask } from './answer-task.ts'
import { parseBoundedJson } from './bounded-json.ts'
import type { Exchange } from './exchange.ts'
import type { Admitted, Gate } from './gate.ts'
import type { AnswerMeans, AnswerShape, Protocol, Proven, RequestHead } from './protocols/protocol.ts'
import { type BodyError, readBody } from './read-body.ts'
import { badRequest, REFUSALS, type Refusal } from './refusal.ts'
import { type Opened, openSealed, prepareSealed } from './sealed-requests.ts'

export interface Handling extends Answering {
  readonly adapter: SubnetAdapter
  readonly protocol: Protocol
  readonly gate: Gate
  readonly sign: AnswerMeans['sign']
  /** Longest wait for a body, ms. */
  readonly bodyMs: number
}

/** What a request asks for: a task of the adapter, or only whether somebody is there. */
type Route = AdapterRoute | 'ping'

function routeOf({ adapter, protocol }: Handling, head: RequestHead): Result<Route, Refusal> {
  const path = head.target.split('?', 1)[0]
  const route =
    adapter.routes.find((candidate) => candidate.path === path) ?? (path === protocol.ping ? 'ping' : undefined)
  if (!route) return err(REFUSALS.noRoute)
  if (![...protocol.alsoMethods, 'POST'].includes(head.method)) return err(REFUSALS.wrongMethod)
  const encoding = head.header('content-encoding') ?? 'identity'
  return encoding === 'identity' ? ok(route) : err(REFUSALS.encoded)
}

/** A proven request and what it asks for. */
interface Understood {
  readonly admitted: Admitted
  readonly route: Route
  readonly proven: Proven
}

async function openSigned(
  { gate, limits, bodyMs }: Handling,
  { head, request }: Exchange,
): Promise<Result<Opened, BodyError>> {
  const admitted = gate.admit(head, head.arrivedMs)
  if (!admitted.ok) return admitted
  const raw = await readBody(request, limits.bodyBytes, Math.min(bodyMs, limits.deadlineMs))
  if (!raw.ok) return raw
  const proof = await gate.prove(admitted.value, raw.value)
  return proof.ok ? ok({ admitted: admitted.value, raw: raw.value }) : proof
}

/** Everything between the head of a request and its meaning. Each step costs more than the one before and trusts more. */
async function understand(handling: Handling, exchange: Exchange): Promise<Result<Understood, BodyError>> {
  const { gate } = handling
  const { head } = exchange
  const route = routeOf(handling, head)
  if (!route.ok) return route
  const { sealed } = handling.protocol
  const opened = sealed ? await openSealed(handling, exchange, sealed) : await openSigned(handling, exchange)
  if (!opened.ok) return opened
  const { admitted, raw } = opened.value
  exchange.provenBy(admitted.caller.hotkey)
  const refusal = route.value === 'ping' ? undefined : gate.allow(admitted.caller, Date.now())
  if (refusal) return err(refusal)
  const body = parseBoundedJson(raw)
  if (!body.ok) return err(badRequest(body.error))
  const hashFields = route.value === 'ping' ? [] : (route.value.hashFields ?? [])
  const proven = { head, claim: admitted.claim, raw, body: body.value, hashFields }
  const otherBody = handling.protocol.bodyRefusal(proven)
  return otherBody ? err(otherBody) : ok({ admitted, route: route.value, proven })
}

function taskOf(route: AdapterRoute, body: unknown): Result<AdapterTask, Refusal> {
  const task = route.toTask(body)
  return task.ok ? task : err(badRequest(task.error))
}

function sayHello(exchange: Exchange, shape: AnswerShape): void {
  const body = Buffer.from(shape.whole('{}'))
  const headers = { ...shape.headers(Date.now(), body.length), 'content-type': 'application/json' }
  exchange.response.writeHead(200, { ...headers, 'content-length': body.length }).end(body)
  exchange.record(200, 'answered')
}

async function answer(handling: Handling, exchange: Exchange, { admitted, route, proven }: Understood): Promise<void> {
  const { protocol, sign, limits } = handling
  if (route === 'ping') return sayHello(exchange, await protocol.answer(proven, { nowMs: Date.now(), sign }))
  const request = taskOf(route, proven.body)
  if (!request.ok) return exchange.refuse(request.error)
  const { caller, claim } = admitted
  const asked: Asked = {
    route,
    request: request.value,
    shape: await protocol.answer(proven, { nowMs: Date.now(), sign }),
    mark: claim.mark,
    priority: caller.stake,
    waitsMs: claim.waitsMs ?? limits.deadlineMs,
  }
  return answerTask(handling, exchange, asked)
}

/** One request from its head to its answer. Never throws for anything that a sender can do. */
export async function handleRequest(handling: Handling, exchange: Exchange): Promise<void> {
  const { head } = exchange
  if (!handling.gate.hasRoom(head.sender, head.arrivedMs)) return exchange.refuse(REFUSALS.addressRate)
  if (head.method === 'GET' && head.target === '/healthz') {
    exchange.response.writeHead(200, { 'content-type': 'application/json' }).end('{"ok":true}')
    return
  }
  if (handling.open.stopping) return exchange.refuse(REFUSALS.stopping)
  const { sealed } = handling.protocol
  if (sealed && (await prepareSealed(handling, exchange, sealed))) return
  const understood = await understand(handling, exchange)
  if (understood.ok) return answer(handling, exchange, understood.value)
  if (understood.error === 'gone') exchange.cancelled()
  else exchange.refuse(understood.error)
}
