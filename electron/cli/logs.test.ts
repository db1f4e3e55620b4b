import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { fileLog } from '../system/log-file.ts'
import { logsArguments, runLogs } from './logs.ts'

const parsed = (...argv: string[]) => {
  const args = logsArguments(argv)
  if (!args.ok) throw new Error(args.error)
  return args.value
}

test('prints the last lines of the files, without a host', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'taoforge-logs-'))
  const log = fileLog(join(folder, 'logs', 'taoforge.log'))
  log.log('info', 'chain.a', { at: '203.0.113.9' })
  log.log('warn', 'chain.b')
  log.log('error', 'llm.c')
  const said = async (...argv: string[]) => {
    const lines: string[] = []
    await runLogs(parsed('--data', folder, ...argv), (text) => void lines.push(text))
    return lines
  }
  const eventsOf = (lines: readonly string[]) => lines.map((line) => (JSON.parse(line) as { event: string }).event)
  expect(eventsOf(await said())).toEqual(['chain.a', 'chain.b', 'llm.c'])
  expect(eventsOf(await said('--level', 'warn', '--event', 'chain'))).toEqual(['chain.b'])
  expect(eventsOf(await said('--lines', '1'))).toEqual(['llm.c'])
  const [report] = await said('--report')
  expect(report).toContain('info chain.a at=[ip 1]')
  expect(report).not.toContain('203.0.113.9')
  rmSync(folder, { recursive: true, force: true })
})

test.each([
  [['--level', 'loud'], 'debug, info, warn, error'],
  [['--lines', '0'], 'a number from 1'],
  [['--follow', '--report'], 'has an end'],
  [['--nonsense'], 'nonsense'],
])('refuses %j in words', (argv, words) => {
  expect(logsArguments(argv)).toMatchObject({ ok: false, error: expect.stringContaining(words) })
})
