import type { Scene } from './fake-host.ts'
import { real } from './scenes.ts'

/** A miner at work whose model did not fit as planned first: what was given up is said beside its speed. */
export const gaveUp: Scene = {
  ...real,
  mining: {
    state: 'mining',
    steps: [
      { step: 'check', state: 'done', value: 'ready' },
      { step: 'load', state: 'done', value: 'cuda' },
      { step: 'serve', state: 'done', value: '203.0.113.7:8091' },
      { step: 'announce', state: 'done' },
      { step: 'mine', state: 'running' },
    ],
    adapter: { id: 'axon-chat', title: 'Chat over axon v10', status: 'unverified' },
    subnetName: 'Hermes',
    model: {
      id: 'chosen',
      name: 'Qwen3 4B Instruct',
      backend: 'cuda',
      parallel: 2,
      gaveUp: [
        'There was no room to load it with all 36 layers on the GPU, 4 places.',
        'There was no room to load it with all 36 layers on the GPU, 2 places.',
      ],
    },
    tokensPerSecond: 38.4,
    answered: 1_204,
    late: 3,
    refused: { 'not-in-metagraph': 17 },
    recent: [
      { atMs: 1_795_000_008_000, status: 403, reason: 'not-in-metagraph', totalMs: 1 },
      {
        atMs: 1_795_000_004_000,
        status: 200,
        reason: 'answered',
        promptTokens: 212,
        completionTokens: 96,
        firstTokenMs: 180,
        totalMs: 2_700,
      },
      { atMs: 1_795_000_001_000, status: 504, reason: 'late', totalMs: 11_500 },
    ],
  },
}
