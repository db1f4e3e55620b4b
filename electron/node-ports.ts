import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { nodeWebhook } from './alerts/webhook.ts'
import { launchAxon } from './axon/launch.ts'
import { ownService } from './axon/own-service.ts'
import { BackendsPool } from './backends/backends-pool.ts'
import { backendKeyFile } from './backends/key-file.ts'
import { type NodeCareOptions, nodeCare } from './care/node-care.ts'
import { lazyChain } from './chain/lazy-chain.ts'
import { fleetFile } from './fleet/fleet-file.ts'
import { nodeFleet } from './fleet/node-fleet.ts'
import type { HostPorts } from './host/create-host.ts'
import { launchKeys } from './keys/launch.ts'
import { switchingKeys } from './keys/switching-keys.ts'
import { machineRoom } from './llm/hardware.ts'
import { launchLlm } from './llm/launch.ts'
import { registryOf, SHIPPED } from './mining/adapters.ts'
import { AdapterFolders } from './mining/third-party/adapter-folders.ts'
import { mappedWork } from './mining/third-party/mapped-work.ts'
import { readCatalogue } from './models/catalogue.ts'
import { createModels } from './models/models.ts'
import { metricsDoor } from './monitor/metrics-door.ts'
import { monitorRecords } from './monitor/monitor-records.ts'
import { launchPractice } from './practice/launch.ts'
import { nodeReach } from './reach/node-reach.ts'
import type { KnownNetwork } from './services/network.service.ts'
import { exportFiles } from './storage/export-files.ts'
import { goFile } from './storage/go-file.ts'
import { ledgerFiles } from './storage/ledger-files.ts'
import { storageFailure } from './storage/open-database.ts'
import { rulesFile } from './storage/rules-file.ts'
import { sqliteStorage } from './storage/sqlite-storage.ts'
import { fetchText } from './system/fetch-text.ts'
import { fileLog, LOG_NAME } from './system/log-file.ts'
import { makeFolder } from './system/make-folder.ts'
import { nodeMachine } from './system/node-machine.ts'
import { nodeClock, nodeRandom } from './system/node-system.ts'
import type { SpawnPort } from './system/spawn.port.ts'

export interface NodePortsOptions {
  readonly kind: HostPorts['facts']['kind']
  readonly version: string
  readonly dataFolder: string
  readonly spawn: SpawnPort
  /** `resources/` of the checkout, or of the installed app. */
  readonly resourcesFolder: string
  /** What a desktop shell knows of its user's absence and of its battery. */
  readonly desktop?: NodeCareOptions['desktop']
  /** Pace, seed and rules of the practice network. */
  readonly practice: {
    readonly blockMs: number
    readonly seed?: number | undefined
    readonly rootHoldBlocks?: number | undefined
  }
}

const network = z.object({
  label: z.string(),
  endpoints: z.array(z.string()).min(1),
  genesis: z.string().optional(),
})
const endpointsFile = z.object({ networks: z.object({ finney: network, test: network, local: network }) })

/** Throws: a broken resource is our bug, not a user's mistake. */
function knownNetworks(path: string): readonly KnownNetwork[] {
  const { networks } = endpointsFile.parse(JSON.parse(readFileSync(path, 'utf8')))
  return (['finney', 'test', 'local'] as const).map((kind) => ({ kind, ...networks[kind] }))
}

/** `resources/` beside the sources; an installed app passes its own. */
export const sourceResources: string = fileURLToPath(new URL('../resources', import.meta.url))

function makeDataFolder(folder: string): void {
  try {
    makeFolder(folder)
  } catch (cause) {
    throw storageFailure(folder, cause)
  }
}

/** What is a file each in the data folder. */
const smallFiles = (folder: string) => ({
  goFile: goFile(join(folder, 'one-click.json')),
  priceRulesFile: rulesFile(join(folder, 'price-rules.json')),
  monitorRecords: monitorRecords(join(folder, 'monitor.json')),
  fleetFile: fleetFile(join(folder, 'fleet.json')),
})

/** Builds every adapter that needs only Node: the same for window, browser and terminal. @throws StorageFailure */
export async function buildNodePorts(options: NodePortsOptions): Promise<HostPorts> {
  const catalogue = await readCatalogue(join(options.resourcesFolder, 'models.json'))
  const { dataFolder, spawn, resourcesFolder, practice, version, kind } = options
  makeDataFolder(dataFolder)
  const log = fileLog(join(dataFolder, 'logs', LOG_NAME))
  const lines = (worker: string) => (line: string) => log.log('warn', `${worker}.line`, { line: line.slice(0, 500) })
  const walletsFolder = join(dataFolder, 'wallets')
  const modelsFolder = join(dataFolder, 'models')
  const keysIn = (folder: string) => launchKeys({ spawn, walletsFolder: folder, onLine: lines('keys') })
  const folders = new AdapterFolders(join(dataFolder, 'adapters'))
  const newChain = async () => {
    const { createPolkadotChain } = await import('./chain/polkadot/create-polkadot-chain.ts')
    return createPolkadotChain({ clock: nodeClock, log, metadataFolder: join(dataFolder, 'metadata') })
  }
  const llm = launchLlm({ spawn, clock: nodeClock, log })
  return {
    facts: { version, kind, dataFolder, walletsFolder, modelsFolder },
    storage: sqliteStorage(dataFolder),
    chain: lazyChain(newChain),
    archive: lazyChain(newChain),
    exports: exportFiles(join(dataFolder, 'exports')),
    ledgerFiles: ledgerFiles({ spawn, dataFolder, onLine: lines('ledger') }),
    keys: switchingKeys({ real: keysIn(walletsFolder), practice: keysIn(join(dataFolder, 'practice', 'wallets')) }),
    llm,
    axon: launchAxon({ spawn, log }),
    models: createModels({
      folder: modelsFolder,
      catalogue,
      licenceTexts: join(resourcesFolder, 'licences'),
      makeFolder,
      nowMs: () => nodeClock.nowMs(),
      room: async () => machineRoom(llm.lastHardware()),
    }),
    practice: launchPractice({
      spawn,
      folder: join(dataFolder, 'practice', 'chain'),
      blockMs: practice.blockMs,
      ...(practice.seed === undefined ? {} : { seed: practice.seed }),
      ...(practice.rootHoldBlocks === undefined ? {} : { rootHoldBlocks: practice.rootHoldBlocks }),
      onLine: lines('practice'),
    }),
    reach: nodeReach,
    machine: nodeMachine,
    ...smallFiles(dataFolder),
    care: nodeCare({
      energyFile: join(dataFolder, 'care', 'energy.json'),
      nowMs: () => nodeClock.nowMs(),
      desktop: options.desktop,
    }),
    adapters: registryOf(SHIPPED, folders),
    mappedWork: mappedWork(spawn, (id) => folders.folderOf(id)),
    ownService,
    backends: new BackendsPool({ clock: nodeClock, log }),
    backendKeys: backendKeyFile(join(dataFolder, 'backend-keys.json')),
    knownNetworks: knownNetworks(join(resourcesFolder, 'endpoints.json')),
    web: fetchText,
    webhook: nodeWebhook(),
    clock: nodeClock,
    random: nodeRandom,
    log,
    logs: log,
    metricsDoor: metricsDoor(),
    fleet: nodeFleet,
  }
}
