import { resolve } from 'node:path'
import { text as readAll } from 'node:stream/consumers'
import { z } from 'zod'
import { contract } from '../../shared/contract/contract.ts'
import type { Channel } from '../../shared/contract/define.ts'
import { wireError } from '../../shared/contract/wire-error.ts'
import { USUAL_BLOCK_MS } from '../../shared/network/block-time.ts'
import { err, ok } from '../../shared/result.ts'
import { explainError } from '../../shared/words/explain-error.ts'
import { networkNamed } from '../headless/arguments.ts'
import { type HostFile, runningHost } from '../headless/host-file.ts'
import type { WireReply } from '../host/router.ts'
import { defaultDataFolder } from '../system/data-folder.ts'
import { type CliArguments, cliArguments } from './arguments.ts'
import type { Asker } from './asker.ts'
import { tellBooks } from './books-progress.ts'
import { earningsArguments, earningsText, putFile } from './earnings.ts'
import { fleetArguments, runFleet } from './fleet.ts'
import { helpText } from './help.ts'
import { logsArguments, runLogs } from './logs.ts'
import { mineArguments, mineWalk, walkToMining } from './mine-go.ts'
import { registerArguments, registerMany, registerWalk } from './mine-register.ts'
import { watchArguments, watchText } from './mine-watch.ts'
import { nearNames } from './near-names.ts'
import { NEEDS_HOST } from './needs-host.ts'
import { probeArguments, runProbe } from './probe.ts'
import { profitArguments, profitText } from './profit.ts'
import { withSecrets } from './secrets.ts'
import { socketAsker } from './socket-asker.ts'
import { typedClient } from './typed-client.ts'
import { asReply, isPending } from './view-answer.ts'
import { writeAll } from './write-all.ts'

/** How long a chain that is being opened is waited for. */
const PATIENCE_MS = 20_000
const LOOK_AGAIN_MS = 250

/**
 * Ends with one JSON line. `unit` marks play money, so that a copied line cannot pass for real. For a person, an error is
 * also said in words on stderr: what happened, why, what to do.
 */
function finish(reply: WireReply, play = false): never {
  writeAll(1, `${JSON.stringify(play ? { ...reply, unit: 'play' } : reply)}\n`)
  const error = reply.ok ? undefined : z.safeDecode(wireError, reply.error as z.input<typeof wireError>)
  if (error?.success) {
    const { what, why, next } = explainError(error.data)
    writeAll(2, `${what} ${why} ${next}\n`)
  }
  process.exit(reply.ok ? 0 : 1)
}
const badInput = (...issues: string[]): never => finish({ ok: false, error: { code: 'contract/bad-input', issues } })

async function inputFor(channel: Channel, given: string | undefined): Promise<unknown> {
  let parsed: unknown = {}
  try {
    parsed = given === undefined ? {} : JSON.parse(given)
  } catch {
    return badInput('the input is no JSON; put it in single quotes')
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
    return badInput('the input must be a JSON object')
  const shape: Readonly<Record<string, z.ZodType>> = channel.input instanceof z.ZodObject ? channel.input.shape : {}
  const fields = Object.entries(shape).map(([name, field]) => ({ name, optional: field.safeParse(undefined).success }))
  const filled = await withSecrets(parsed as Record<string, unknown>, fields, {
    env: process.env,
    stdin: async () => (process.stdin.isTTY ? '' : readAll(process.stdin)),
  })
  return filled.ok ? filled.value : badInput(filled.error)
}

async function askRunning(running: HostFile): Promise<Asker> {
  try {
    return await socketAsker(running)
  } catch (cause) {
    return finish(err({ code: 'host/unreachable', reason: cause instanceof Error ? cause.message : String(cause) }))
  }
}

async function askerFor(args: CliArguments, name: string): Promise<Asker> {
  const dataFolder = resolve(args.data ?? defaultDataFolder())
  for (const since = Date.now(); ; ) {
    const running = await runningHost(dataFolder)
    if (running) return askRunning(running)
    if (NEEDS_HOST.has(name)) return finish({ ok: false, error: { code: 'host/needed', channel: name } })
    // Loaded only now: `--help` and a running host need no chain client, no database and no workers.
    const { ownHost } = await import('./own-host.ts')
    const own = await ownHost(dataFolder)
    if (own.ok) return own.value
    // Another question is being answered, or a host is about to open its door: both take moments.
    if (own.error.code !== 'host/data-folder-in-use' || Date.now() - since > PATIENCE_MS)
      return finish(err(z.encode(wireError, own.error)))
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS))
  }
}

/** Chooses the network if one is named, else goes on with the one of last time. @returns how the chain is now. */
async function settle(asker: Asker, args: CliArguments, needsChain: boolean): Promise<Status> {
  if (args.network !== undefined) {
    const choice = networkNamed(args.network)
    if (!choice) return finish({ ok: false, error: { code: 'chain/unknown-network', network: args.network } })
    const now = (await firstValue(asker, 'network.status', {})) as Status | undefined
    const same = now?.choice?.kind === choice.kind && now.choice.endpoint === choice.endpoint
    if (!same || now?.state === 'failed') {
      const selected = await asker.call('network.select', choice)
      if (!selected.ok && needsChain) return finish(selected)
    }
  }
  return ((await firstValue(asker, 'network.status', {}, isSettled)) as Status | undefined) ?? {}
}
interface Status {
  readonly play?: boolean
  readonly state?: string
  readonly facts?: { readonly blockMs?: number }
  readonly choice?: { readonly kind?: string; readonly endpoint?: string }
}

/** A host that was started a moment ago still opens its chain: a question asked now is worth the wait. */
const isSettled = (value: unknown): boolean =>
  !['starting', 'connecting'].includes(String((value as Status | null)?.state))

const firstValue = (
  asker: Asker,
  name: string,
  input: unknown,
  wanted: (value: unknown) => boolean = () => true,
): Promise<unknown> =>
  new Promise((done) => {
    let last: unknown
    const timer = setTimeout(() => done(last), PATIENCE_MS)
    const stop = asker.subscribe(name, input, {
      reply: (reply) => {
        if (reply.ok) return
        clearTimeout(timer)
        done(undefined)
      },
      value: (value) => {
        last = value
        if (!wanted(value)) return
        clearTimeout(timer)
        queueMicrotask(() => stop())
        done(value)
      },
    })
  })

interface Watched {
  readonly name: string
  readonly input: unknown
  readonly follow: boolean
}

async function subscribed(asker: Asker, { name, input, follow }: Watched, chain: Status): Promise<never> {
  const play = chain.play === true
  // Where no network was ever chosen, none will come.
  const mayCome = chain.state !== 'idle'
  return new Promise<never>(() => {
    let last: unknown
    const print = (value: unknown) => finish(asReply(value), play)
    const timer = setTimeout(() => print(last), PATIENCE_MS)
    asker.subscribe(name, input, {
      reply: (reply) => {
        if (!reply.ok) finish(reply)
      },
      value: (value) => {
        last = value
        if (follow) {
          clearTimeout(timer)
          process.stdout.write(`${JSON.stringify({ ok: true, value, ...(play ? { unit: 'play' } : {}) })}\n`)
        } else if (!mayCome || !isPending(value)) {
          void asker.close().then(() => print(value))
        }
      },
    })
  })
}

/** Goes on until it is interrupted; an open port keeps the process alive. */
async function probe(argv: readonly string[]): Promise<void> {
  const args = probeArguments(argv)
  if (!args.ok) return badInput(args.error)
  const running = await runProbe(args.value)
  if (!running.ok) finish(err(z.encode(wireError, running.error)))
}

/** Reads files; asks no host. */
async function logs(argv: readonly string[]): Promise<void> {
  const args = logsArguments(argv)
  if (!args.ok) return badInput(args.error)
  await runLogs(args.value, (text) => void process.stdout.write(text))
}

/** What may happen to own places, in sentences or as one line of JSON. */
async function watch(argv: readonly string[]): Promise<void> {
  const given = watchArguments(argv)
  if (!given.ok) return badInput(given.error)
  const { json, netuid, data, network } = given.value
  const name = netuid === undefined ? 'registration.watch' : 'registration.course'
  const args: CliArguments = { channel: name, data, network, help: false, follow: false }
  const asker = await askerFor(args, name)
  const chain = await settle(asker, args, true)
  if (json && netuid === undefined) return subscribed(asker, { name, input: {}, follow: false }, chain)
  if (json) {
    const reply = await asker.call(name, { netuid })
    await asker.close()
    return finish(reply, chain.play === true)
  }
  const said = await watchText(typedClient(asker), given.value, chain.facts?.blockMs ?? USUAL_BLOCK_MS)
  await asker.close()
  if (!said.ok) return finish(err(z.encode(wireError, said.error)))
  const lines = chain.play ? ['Practice network: all amounts are play money.', ...said.value] : said.value
  writeAll(1, `${lines.join('\n')}\n`)
  process.exit(0)
}

/** Goes on in the host when this is interrupted, and says so when it is called again. */
async function mine(argv: readonly string[]): Promise<void> {
  if (argv[0] === 'watch') return watch(argv.slice(1))
  if (argv[0] === 'register') return register(argv.slice(1))
  const args = mineArguments(argv)
  if (!args.ok) return badInput(args.error)
  const running = await runningHost(resolve(args.value.data ?? defaultDataFolder()))
  if (!running) return finish({ ok: false, error: { code: 'host/needed', channel: 'oneClick.go' } })
  const asker = await askRunning(running)
  const walked = await walkToMining(mineWalk(asker, args.value))
  await asker.close()
  if (!walked.ok) return finish(err(z.encode(wireError, walked.error)))
  const { choice, uid, endpoint } = walked.value
  finish(
    { ok: true, value: { netuid: choice?.netuid, hotkey: choice?.hotkey, uid, endpoint } },
    choice?.network === 'practice',
  )
}

/** Several places, one after the other. What was bought stays bought when this is interrupted. */
async function register(argv: readonly string[]): Promise<void> {
  const args = registerArguments(argv)
  if (!args.ok) return badInput(args.error)
  const running = await runningHost(resolve(args.value.data ?? defaultDataFolder()))
  if (!running) return finish({ ok: false, error: { code: 'host/needed', channel: 'transaction.send' } })
  const asker = await askRunning(running)
  const done = await registerMany(registerWalk(typedClient(asker), args.value))
  await asker.close()
  return finish(done.ok ? { ok: true, value: done.value } : err(z.encode(wireError, done.error)))
}

/** Asks the host that runs; a fleet is nothing that one question could keep up. */
async function fleet(argv: readonly string[]): Promise<void> {
  const args = fleetArguments(argv)
  if (!args.ok) return badInput(args.error)
  const running = await runningHost(resolve(args.value.data ?? defaultDataFolder()))
  if (!running) return finish({ ok: false, error: { code: 'host/needed', channel: 'fleet.watch' } })
  const asker = await askRunning(running)
  const said = await runFleet(typedClient(asker), args.value)
  await asker.close()
  if (!said.ok) return finish(err(z.encode(wireError, said.error)))
  if (args.value.json) return finish({ ok: true, value: said.value.value })
  writeAll(1, `${said.value.lines.join('\n')}\n`)
  process.exit(0)
}

/** What mining brings and costs in a day, for a person. */
async function profit(argv: readonly string[]): Promise<void> {
  const given = profitArguments(argv)
  if (!given.ok) return badInput(given.error)
  const args: CliArguments = { channel: 'profit.watch', ...given.value, help: false, follow: false }
  const asker = await askerFor(args, 'profit.watch')
  const chain = await settle(asker, args, true)
  const said = await typedClient(asker).firstWhere('profit.watch', (view) => !isPending(view), PATIENCE_MS)
  await asker.close()
  if (!said.ok) return finish(err(z.encode(wireError, said.error)))
  const { data, error } = said.value
  if (!data) return finish(err(z.encode(wireError, error ?? { code: 'chain/not-connected' })))
  const lines = chain.play ? ['Practice network: all TAO are play money.', ...profitText(data)] : profitText(data)
  writeAll(1, `${lines.join('\n')}\n`)
  process.exit(0)
}

/** What epochs brought: for a person, as one line of JSON, or as a file. */
async function earnings(argv: readonly string[]): Promise<void> {
  const given = earningsArguments(argv)
  if (!given.ok) return badInput(given.error)
  const { ask, json, file, out, data, network } = given.value
  const name = file === undefined ? 'earnings.summary' : 'earnings.export'
  const args: CliArguments = { channel: name, data, network, help: false, follow: false }
  const asker = await askerFor(args, name)
  const chain = await settle(asker, args, true)
  const play = chain.play === true
  if (json && file === undefined) {
    const reply = await asker.call(name, ask)
    await asker.close()
    return finish(reply, play)
  }
  const client = typedClient(asker)
  const made = file === undefined ? undefined : await client.call('earnings.export', { ...ask, format: file })
  const said = file === undefined ? await client.call('earnings.summary', ask) : undefined
  await asker.close()
  const failed = made && !made.ok ? made : said && !said.ok ? said : undefined
  if (failed) return finish(err(z.encode(wireError, failed.error)))
  if (made?.ok) {
    const put = out === undefined ? ok(made.value.path) : await putFile(made.value.path, out)
    if (!put.ok) return badInput(put.error)
    if (put.value === undefined) process.exit(0)
    return finish(ok({ ...made.value, path: put.value }), play)
  }
  if (said?.ok) {
    const lines = earningsText(said.value, given.value)
    writeAll(1, `${(play ? ['Practice network: all amounts are play money.', ...lines] : lines).join('\n')}\n`)
  }
  process.exit(0)
}

/** What the terminal asks for comes from a person: a slip is told as one, and not as a window of another version. */
function unknownName(name: string): never {
  writeAll(1, `${JSON.stringify({ ok: false, error: { code: 'contract/unknown-channel', name } })}\n`)
  const near = nearNames(name, Object.keys(contract))
  const meant = near.length > 0 ? ` Did you mean ${near.join(', ')}?` : ''
  writeAll(
    2,
    `There is no request named ${JSON.stringify(name)}.${meant} taoforge --help names all of them. Nothing was done.\n`,
  )
  process.exit(1)
}

async function main(): Promise<void> {
  if (process.argv[2] === 'earnings' && !process.argv.includes('--help')) return earnings(process.argv.slice(3))
  if (process.argv[2] === 'logs' && !process.argv.includes('--help')) return logs(process.argv.slice(3))
  if (process.argv[2] === 'mine' && !process.argv.includes('--help')) return mine(process.argv.slice(3))
  if (process.argv[2] === 'fleet' && !process.argv.includes('--help')) return fleet(process.argv.slice(3))
  if (process.argv[2] === 'profit' && !process.argv.includes('--help')) return profit(process.argv.slice(3))
  if (process.argv[2] === 'probe' && !process.argv.includes('--help')) return probe(process.argv.slice(3))
  const parsed = cliArguments(process.argv.slice(2))
  if (!parsed.ok) return badInput(parsed.error)
  const args = parsed.value
  if (args.help || args.channel === undefined) {
    writeAll(1, helpText())
    process.exit(args.help ? 0 : 1)
  }
  const name = args.channel
  const channel: Channel | undefined = Object.hasOwn(contract, name)
    ? contract[name as keyof typeof contract]
    : undefined
  if (!channel) return unknownName(name)
  const input = await inputFor(channel, args.input)
  const asker = await askerFor(args, name)
  const chain = await settle(asker, args, !name.startsWith('network.') && !name.startsWith('app.'))
  if (channel.kind === 'subscription') return subscribed(asker, { name, input, follow: args.follow }, chain)
  const stopTelling = tellBooks(asker, name, (line) => process.stderr.write(`${line}\n`))
  const reply = await asker.call(name, input)
  stopTelling()
  await asker.close()
  finish(reply, chain.play === true)
}

await main()
