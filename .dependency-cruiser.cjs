// The rules of the house, executable. A hole in a rule is a decision in docs/adr, not a comment here.
const TEST = '\\.test\\.'
const CODE = '^(shared|electron|renderer)/'
const EDGES = '^electron/(headless|cli|shell)/|^electron/(start|node-ports)\\.ts$'
const rule = (name, from, to) => ({ name, severity: 'error', from: { pathNot: TEST, ...from }, to })
const only = (pkg, home) =>
  rule(`${pkg} lives in ${home}`, { path: CODE, pathNot: `${home}|${TEST}` }, { path: `node_modules/${pkg}/` })

// Every npm package that product code may import. A new one does not import until it stands here, with its home.
const NPM = [
  'zod',
  'react',
  'react-dom',
  'zustand',
  '@tanstack',
  'radix-ui',
  'lucide-react',
  'electron',
  '@polkadot',
  '@polkadot-api',
  '@polkadot-labs',
  '@noble',
  '@node-rs',
  'qr',
  'scale-ts',
  'hash-wasm',
  'node-llama-cpp',
  'better-sqlite3',
  'ws',
  'esbuild',
  'electron-builder',
  'vite',
  'tailwindcss',
  '@types',
].join('|')

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    rule('shared knows nobody', { path: '^shared/' }, { path: '^(electron|renderer)/' }),
    rule('shared has no node', { path: '^shared/' }, { dependencyTypes: ['core'] }),
    rule(
      'shared has no npm but zod in contract',
      { path: '^shared/', pathNot: `^shared/contract/|${TEST}` },
      { path: 'node_modules/' },
    ),
    rule(
      'contract has no npm but zod',
      { path: '^shared/contract/' },
      { path: 'node_modules/', pathNot: 'node_modules/zod/' },
    ),
    rule('renderer sees shared only', { path: '^renderer/' }, { path: '^electron/' }),
    rule('renderer has no node', { path: '^renderer/' }, { dependencyTypes: ['core'] }),
    rule(
      'features do not mix',
      { path: '^renderer/features/([^/]+)/' },
      { path: '^renderer/features/', pathNot: '^renderer/features/$1/' },
    ),
    rule('electron does not see renderer', { path: '^electron/' }, { path: '^renderer/' }),
    rule('ports are plain', { path: '\\.port\\.ts$' }, { pathNot: '^shared/|\\.port\\.ts$' }),
    rule(
      'services see ports only',
      { path: '^electron/services/' },
      { path: '^electron/', pathNot: '^electron/services/|\\.port\\.ts$' },
    ),
    rule('services have no node', { path: '^electron/services/' }, { dependencyTypes: ['core'] }),
    rule(
      'adapters mind their own',
      { path: '^electron/(chain|keys|llm|models|mining|storage|system|practice)/', pathNot: TEST },
      {
        path: '^electron/',
        pathNot: '^electron/$1/|\\.port\\.ts$|^electron/system/parent-link\\.ts$',
      },
    ),
    // The request server maps requests with the subnet adapters: pure data, no adapter of the outside world.
    rule(
      'axon minds its own and the subnet adapters',
      { path: '^electron/axon/' },
      {
        path: '^electron/',
        pathNot: '^electron/(axon|mining)/|\\.port\\.ts$|^electron/system/parent-link\\.ts$',
      },
    ),
    rule(
      'host builds no adapters',
      { path: '^electron/host/' },
      { path: '^electron/', pathNot: '^electron/(host|services)/|\\.port\\.ts$' },
    ),
    rule(
      'nobody reaches into an edge',
      { path: '^electron/', pathNot: `${EDGES}|${TEST}` },
      { path: '^electron/(headless|cli|shell)/' },
    ),
    rule(
      'practice is reached over its socket',
      { path: '^electron/', pathNot: `^electron/practice/|^electron/node-ports\\.ts$|${TEST}` },
      {
        path: '^electron/practice/',
        pathNot: '\\.port\\.ts$',
      },
    ),
    only('electron', '^electron/shell/'),
    only('@polkadot', '^electron/(chain|keys/worker|axon/worker|practice)/'),
    // Workers take its primitives (addresses, hashes, signatures); the client that speaks to a node has one home.
    only('@polkadot/(api|types|keyring)', '^electron/chain/'),
    // The digest of the metadata that a transaction commits to is computed by the chain client, the signer and the practice chain.
    only('@polkadot-api', '^electron/(practice|chain|keys/worker)/'),
    only('qr', '^renderer/ui/'),
    only('scale-ts', '^electron/practice/'),
    only('node-llama-cpp', '^electron/llm/worker/'),
    only('better-sqlite3', '^electron/(storage|practice/node)/'),
    only('ws', '^electron/(headless|cli|practice)/'),
    rule('npm is classified', { path: CODE }, { path: 'node_modules/', pathNot: `node_modules/(${NPM})(/|$)` }),
    rule('no circles', {}, { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } }),
    rule('nobody imports tests', {}, { path: TEST }),
    rule('product does not import test support', { path: CODE }, { path: '^test/' }),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'node', 'default'] },
  },
}
