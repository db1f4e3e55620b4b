import type { ModelView } from '../../shared/contract/models.contract.ts'
import { writeBytes, writeDuration } from './time.ts'

export const USE_WORDS = {
  chat: 'Chat',
  code: 'Code',
  embedding: 'Embedding',
  rerank: 'Reranking',
  test: 'Small tests',
} as const satisfies Readonly<Record<ModelView['uses'][number], string>>

const DOING = { download: 'Downloading', copy: 'Copying', move: 'Moving' } as const

type Job = NonNullable<ModelView['job']>

export function jobTitle({ kind, step }: Job, name: string): string {
  if (step === 'checking') return `Checking ${name}`
  return step === 'waiting' ? `Waiting for the server of ${name}` : `${DOING[kind]} ${name}`
}

/** How far, how fast, how long still. */
export function jobNote({ step, bytes, totalBytes, bytesPerSecond, leftMs, connections }: Job): string {
  const speed = step === 'running' && bytesPerSecond !== undefined ? `, ${writeBytes(bytesPerSecond)} a second` : ''
  const left = step === 'running' && leftMs !== undefined ? `, ${writeDuration(leftMs)} left` : ''
  const over = step === 'running' && connections !== undefined && connections > 1 ? `, ${connections} connections` : ''
  return `${writeBytes(bytes)} of ${writeBytes(totalBytes)}${speed}${left}${over}`
}
