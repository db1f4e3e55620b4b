import { AxonProcess } from '../../electron/axon/axon-process.ts'
import { ownService } from '../../electron/axon/own-service.ts'
import { BackendsPool } from '../../electron/backends/backends-pool.ts'
import type { CallerOnChain, MinerSnapshot } from '../../electron/chain/chain.port.ts'
import type { LlmStatus, LoadedModel } from '../../electron/llm/llm.port.ts'
import { adapters } from '../../electron/mining/adapters.ts'
import { mappedWork } from '../../electron/mining/third-party/mapped-work.ts'
import type { MiningDeps } from '../../electron/services/mining-steps.ts'
import type { SendRequest } from '../../electron/services/transactions.service.ts'
import { nodeSpawn } from '../../electron/system/node-spawn.ts'
import { nodeClock } from '../../electron/system/node-system.ts'
import type { AppError } from '../../shared/errors.ts'
import { answerText } from '../../shared/mining/axon-answer.ts'
import type { Head } from '../../shared/network/network.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import type { TransactionRecord } from '../../shared/transactions/transaction.ts'
import { alpha, netuid, type Ss58 } from '../../shared/units/amounts.ts'
import { callerOf, doneWith, MINER, realClock, testKey, VALIDATOR } from './axon-harness.ts'

export const NETUID = netuid(7)
export const MODEL: LoadedModel = {
  file: '/models/tiny.gguf',
  name: 'Tiny',
  sizeBytes: 1,
  contextTokens: 256,
  parallel: 2,
  backend: 'cpu',
  gpuLayers: 0,
  threads: 1,
  does: ['chat', 'completion', 'json'],
}
export const REQUEST = { netuid: NETUID, hotkey: MINER.address, modelId: 'self-test', port: 0 }
export const chainCaller = (change: Partial<CallerOnChain> = {}): CallerOnChain => {
  const { hotkey, uid, permit, stake } = callerOf(VALIDATOR)
  return { hotkey, uid, permit, stake: alpha(stake), ...change }
}

/** A small world around the service: everything that it asked for is kept, everything it is told can be changed. */
export class World {
  block = 100
  uid: number | undefined = 3
  subnetName = 'Practice chat'
  network: 'practice' | 'local' | 'finney' | undefined = 'practice'
  genesis = '0xaa'
  axon: MinerSnapshot['axon']
  servingRateLimit = 50
  callers: readonly CallerOnChain[] = [chainCaller()]
  chainFails: AppError | undefined
  loads: Result<LoadedModel, AppError> | 'never' = ok(MODEL)
  sends: AppError | undefined
  readonly sent: SendRequest[] = []
  readonly loaded: string[] = []
  unloads = 0
  ownerColdkey: Ss58 | undefined
  githubRepo: string | undefined
  /** Subnet for which answers are signed now. */
  signing: number | undefined
  /** Level, event and code of what the miner wrote down. */
  readonly logged: string[] = []
  readonly #heads = new Set<(head: Head) => void>()
  readonly #networks = new Set<() => void>()
  readonly #llm = new Set<(status: LlmStatus) => void>()

  readonly axonPort = new AxonProcess({
    spawn: nodeSpawn,
    clock: realClock,
    log: { log: () => undefined },
    startedAtMs: 0,
  })

  readonly backends = new BackendsPool({ clock: nodeClock, log: { log: () => undefined } })

  head(block: number): void {
    this.block = block
    for (const listener of this.#heads) listener({ number: block, hash: '0x', seenAtMs: 0 })
  }
  networkChanged(): void {
    for (const listener of this.#networks) listener()
  }
  llmStatus(status: LlmStatus): void {
    for (const listener of this.#llm) listener(status)
  }

  deps(): MiningDeps {
    return {
      axon: this.axonPort,
      adapters,
      ownService,
      backends: this.backends,
      mappedWork: mappedWork(nodeSpawn, () => undefined),
      keys: {
        beginAnswers: async ({ netuid: on }) => {
          this.signing = on
          return ok(null)
        },
        signAnswer: async ({ answer }) =>
          this.signing === undefined
            ? err({ code: 'signer/not-serving', hotkey: 'h' })
            : ok(MINER.sign(answerText(answer, MINER.address))),
        endAnswers: async () => {
          this.signing = undefined
          return ok(null)
        },
      },
      clock: realClock,
      log: { log: (level, event, facts) => void this.logged.push(`${level} ${event} ${facts?.['code'] ?? ''}`.trim()) },
      ...this.#chain(),
      models: {
        pathOf: async (id) => (id === 'self-test' ? ok('/models/tiny.gguf') : err({ code: 'model/unknown', id })),
      },
      llm: {
        load: ({ file, onProgress, signal }) => {
          this.loaded.push(file)
          onProgress?.(0.5)
          const { loads } = this
          if (loads !== 'never') return Promise.resolve(loads)
          return new Promise((resolve) =>
            signal?.addEventListener('abort', () => resolve(err({ code: 'contract/cancelled' }))),
          )
        },
        unload: async () => {
          this.unloads += 1
        },
        chat: async (_task, on) => {
          on.token?.('Hello')
          return ok({ ...doneWith('Hello'), completionTokens: 10, totalMs: 500 })
        },
        complete: async () => err({ code: 'mining/not-running' }),
        embed: async ({ texts }) => ok({ vectors: texts.map(() => [1, 0]), promptTokens: 4, totalMs: 1 }),
        rank: async () => err({ code: 'mining/not-running' }),
        onStatus: (listener) => {
          this.#llm.add(listener)
          return () => this.#llm.delete(listener)
        },
      },
    }
  }

  #chain(): Pick<MiningDeps, 'chain' | 'network' | 'wallets' | 'transactions'> {
    return {
      chain: {
        minerSnapshot: async () =>
          this.chainFails
            ? err(this.chainFails)
            : ok({
                block: this.block,
                netuid: NETUID,
                subnetName: this.subnetName,
                ownerColdkey: this.ownerColdkey,
                githubRepo: this.githubRepo,
                uid: this.uid,
                axon: this.axon,
                servingRateLimit: this.servingRateLimit,
                emission: alpha(5n),
                incentive: 9,
              }),
        callers: async () => ok(this.callers),
        onHead: (listener) => {
          this.#heads.add(listener)
          return () => void this.#heads.delete(listener)
        },
        prepare: async (_signer, plan) =>
          ok({ payload: new Uint8Array(), metadata: new Uint8Array(), decoded: {} as never, handle: plan.kind }),
      },
      network: {
        choice: () => (this.network ? { kind: this.network } : undefined),
        genesis: () => (this.network ? this.genesis : undefined),
        onChange: (listener) => {
          const told = () => listener({} as never)
          this.#networks.add(told)
          return () => this.#networks.delete(told)
        },
      },
      wallets: {
        active: () => ({
          name: 'w',
          address: testKey(40).address,
          cryptoType: 'sr25519',
          watchOnly: false,
          encrypted: true,
          format: 'vault',
          weaknesses: [],
          hasWords: 'unknown',
          unlocked: false,
          hotkeys: [
            {
              name: 'h',
              address: MINER.address,
              cryptoType: 'sr25519',
              encrypted: false,
              format: 'plain',
              unlocked: true,
            },
          ],
        }),
      },
      transactions: {
        sendBytes: async (request) => {
          this.sent.push(request)
          if (this.sends) return err(this.sends)
          const { intent } = request
          if (intent.kind !== 'serve-axon') throw new Error('not serve-axon')
          const { serve } = adapters.byId('practice-chat')!
          this.block += 1
          this.axon = { ip: intent.ip, port: intent.port, ...serve, block: this.block }
          return ok({ outcome: { block: this.block } } as TransactionRecord)
        },
      },
    }
  }
}

export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 10))
}
