import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { AppError } from '../../shared/errors.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { canonicalJson } from '../../shared/signing/audit.ts'
import { explainError } from '../../shared/words/explain-error.ts'
import { parseBoundedJson } from '../axon/worker/bounded-json.ts'
import { protocolOf } from '../axon/worker/protocols/protocol-of.ts'
import { publicKeyOf } from '../axon/worker/ss58.ts'
import { verifierOf } from '../axon/worker/verify.ts'
import type { SubnetAdapter } from '../mining/subnet-adapter.port.ts'
import { readManifest, readProgram } from '../mining/third-party/adapter-folders.ts'
import { AdapterProcess } from '../mining/third-party/adapter-process.ts'
import { remoteAdapter } from '../mining/third-party/remote-adapter.ts'
import { IMPORT, NO_IMPORT } from '../mining/third-party/sandbox.ts'
import { mappedOf } from '../mining/third-party/work-of.ts'
import type { SpawnPort } from '../system/spawn.port.ts'
import { HOSTILE_BODIES } from './hostile-bodies.ts'

/** One thing that was looked at; `problem` says what to change. */
export interface Finding {
  readonly what: string
  readonly problem?: string
}

/** What was tried longer ago than this is no longer called verified. */
const STALE_AFTER_MS = 180 * 86_400_000
const FACTS = { id: 'check-1', createdSeconds: 1_700_000_000 }

const fixture = z.strictObject({
  name: z.string().min(1),
  path: z.string(),
  body: z.unknown(),
  /** What `toTask` has to give … */
  task: z.unknown().optional(),
  /** … or what it has to refuse with. */
  refuse: z.string().optional(),
  /** What the model gave, the pieces that it gave before, and what has to be sent then. */
  done: z.unknown().optional(),
  pieces: z.array(z.strictObject({ piece: z.string(), sent: z.string() })).optional(),
  answer: z.string().optional(),
  /** A recorded request: its headers and raw body, whose signature is checked. */
  signed: z.strictObject({ miner: z.string(), headers: z.record(z.string(), z.string()), raw: z.string() }).optional(),
})
type Fixture = z.output<typeof fixture>
const fixturesFile = z.strictObject({ cases: z.array(fixture).min(1).max(1_000) })

const same = (a: unknown, b: unknown): boolean => canonicalJson(a) === canonicalJson(b)
const wordsOf = (error: AppError): string => explainError(error).why

/** Everything that can be said of an adapter without a subnet. */
export async function checkAdapter(folder: string, spawn: SpawnPort): Promise<readonly Finding[]> {
  const manifest = readManifest(folder)
  if (!manifest.ok) return [{ what: 'adapter.json', problem: manifest.error }]
  const adapter = remoteAdapter('own/checked', manifest.value)
  const program = programProblem(folder)
  const read: Finding[] = [
    { what: 'adapter.json fits', ...statedProblem(adapter) },
    { what: 'adapter.js is small and names nothing of the world', ...program },
  ]
  if (program.problem !== undefined) return read
  const running = new AdapterProcess(spawn, folder)
  try {
    return [
      ...read,
      await checkRoutes(adapter, running),
      ...(await checkFixtures(folder, adapter, running)),
      await checkHostile(adapter, running),
    ]
  } finally {
    running.close()
  }
}

function statedProblem({ verified, expectedIdentity }: SubnetAdapter): Pick<Finding, 'problem'> {
  const at = Date.parse(verified.date)
  if (at > Date.now() + 86_400_000) return { problem: 'verified.date lies in the future' }
  if (verified.status === 'verified' && Date.now() - at > STALE_AFTER_MS)
    return { problem: 'it was verified more than 180 days ago: say stale, or try it again' }
  if (expectedIdentity.networks.includes('finney') && expectedIdentity.subnetName === undefined)
    return { problem: 'for finney expectedIdentity has to name the subnet as the chain shows it' }
  return {}
}

/** The sandbox refuses all of this anyway; here it is said before somebody wonders. */
const WORLD = /\b(?:require|process|fetch|eval|Function|WebSocket|setTimeout|setInterval)\b\s*[(.]/

function programProblem(folder: string): Pick<Finding, 'problem'> {
  const program = readProgram(folder)
  if (!program.ok) return { problem: program.error }
  const found = WORLD.exec(program.value.replaceAll(/\/\/.*$/gm, ''))?.[0]
  if (found !== undefined) return { problem: `it says ${found.trim()}, and there is nothing behind that word` }
  return IMPORT.test(program.value) ? { problem: NO_IMPORT } : {}
}

async function checkRoutes(adapter: SubnetAdapter, running: AdapterProcess): Promise<Finding> {
  const what = 'adapter.js has every path of adapter.json'
  const given = await running.routes()
  if (!given.ok) return { what, problem: wordsOf(given.error) }
  const paths = z.array(z.string()).safeParse(given.value).data ?? []
  const missing = adapter.routes.find((route) => !paths.includes(route.path))
  return missing ? { what, problem: `${missing.path} is missing` } : { what }
}

async function checkFixtures(
  folder: string,
  adapter: SubnetAdapter,
  running: AdapterProcess,
): Promise<readonly Finding[]> {
  const cases = readFixtures(folder)
  if (!cases.ok) return [{ what: 'fixtures.json', problem: cases.error }]
  const bare = adapter.routes.find((route) => !cases.value.some((one) => one.path === route.path))
  const covered: Finding = {
    what: 'fixtures.json has a case for each path',
    ...(bare ? { problem: `there is none for ${bare.path}` } : {}),
  }
  const found: Finding[] = [covered]
  for (const one of cases.value) {
    const problem = signatureProblem(adapter, one) ?? (await caseProblem(adapter, running, one))
    found.push({ what: `${one.path}: ${one.name}`, ...(problem === undefined ? {} : { problem }) })
  }
  return found
}

function readFixtures(folder: string): Result<readonly Fixture[], string> {
  try {
    const parsed = fixturesFile.safeParse(JSON.parse(readFileSync(join(folder, 'fixtures.json'), 'utf8')))
    const issue = parsed.error?.issues[0]
    return parsed.success ? ok(parsed.data.cases) : err(`${issue?.path.join('.')}: ${issue?.message}`)
  } catch {
    return err('it cannot be read, or is not JSON')
  }
}

/** Whether the recorded request is signed as the transport says. */
function signatureProblem(adapter: SubnetAdapter, { path, signed, body }: Fixture): string | undefined {
  if (!signed) return undefined
  const headers = new Map(Object.entries(signed.headers).map(([name, value]) => [name.toLowerCase(), value]))
  const served = { hotkey: signed.miner, aliveBeforeMs: 0, paths: [path], version: adapter.serve.version }
  const protocol = protocolOf(adapter.transport, served)
  const head = { sender: '', method: 'POST', target: path, arrivedMs: 0, header: (name: string) => headers.get(name) }
  const claim = protocol.read(head)
  if (!claim.ok) return `its headers: ${claim.error.message}`
  const publicKey = publicKeyOf(claim.value.sender)
  const scheme = claim.value.scheme ?? 'sr25519'
  const raw = Buffer.from(signed.raw)
  const text = claim.value.text(scheme, raw)
  if (!publicKey || !verifierOf(scheme, publicKey).check(text, claim.value.signature))
    return 'its signature does not fit'
  const sent = parseBoundedJson(raw)
  if (!sent.ok) return `its raw body is ${sent.error}`
  if (!same(sent.value, body)) return 'its raw body is not the body'
  const hashFields = adapter.routes.find((route) => route.path === path)?.hashFields ?? []
  const otherBody = protocol.bodyRefusal({ head, claim: claim.value, raw, body: sent.value, hashFields })
  return otherBody && `its body: ${otherBody.message}`
}

async function caseProblem(adapter: SubnetAdapter, running: AdapterProcess, one: Fixture): Promise<string | undefined> {
  const mapped = await mappedBy(adapter, running, one)
  if (!mapped.ok) return mapped.error
  if ('refuse' in mapped.value) {
    const { refuse } = mapped.value
    return refuse === one.refuse ? undefined : `it is refused with: ${refuse}`
  }
  if (one.refuse !== undefined) return 'it is not refused'
  if (!same(mapped.value, one.task)) return `toTask gives ${canonicalJson(mapped.value)}`
  for (const { piece, sent } of one.pieces ?? []) {
    const written = await running.token(one.path, piece, mapped.value)
    if (!written.ok || written.value !== sent)
      return `token writes ${written.ok ? written.value : wordsOf(written.error)}`
  }
  if (one.answer === undefined) return undefined
  const written = await running.end(one.path, { done: one.done, asked: mapped.value, facts: FACTS })
  if (!written.ok) return wordsOf(written.error)
  return written.value === one.answer ? undefined : `end writes ${String(written.value)}`
}

async function mappedBy(
  adapter: SubnetAdapter,
  running: AdapterProcess,
  { path, body }: Pick<Fixture, 'path' | 'body'>,
) {
  const given = await running.toTask({ path, body: JSON.stringify(body) ?? 'null' })
  return given.ok ? mappedOf(given.value, adapter.tasks) : err(wordsOf(given.error))
}

async function checkHostile(adapter: SubnetAdapter, running: AdapterProcess): Promise<Finding> {
  const what = `${HOSTILE_BODIES.length} hostile bodies for each path end in a task or a refusal`
  for (const { path } of adapter.routes)
    for (const body of HOSTILE_BODIES) {
      const mapped = await mappedBy(adapter, running, { path, body })
      if (!mapped.ok) return { what, problem: `${path} with ${canonicalJson(body).slice(0, 80)}: ${mapped.error}` }
    }
  return { what }
}
