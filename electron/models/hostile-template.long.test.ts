import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { launchLlm } from '../llm/launch.ts'
import { nodeSpawn } from '../system/node-spawn.ts'
import { nodeClock } from '../system/node-system.ts'
import { selfTestModel } from './self-test-model.ts'

const folder = mkdtempSync(join(tmpdir(), 'taoforge-template-'))
const mark = join(folder, 'was-here')
const llm = launchLlm({ spawn: nodeSpawn, clock: nodeClock })
afterAll(async () => {
  await llm.close()
  rmSync(folder, { recursive: true })
})

const CODE = `return process.getBuiltinModule('fs').writeFileSync('${mark}', '')`
const MESSAGES = "{% for message in messages %}{{ message['role'] + message['content'] }}{% endfor %}"

/** What is tried in templates of other engines to get from a value to the language below. */
test.each([
  ['a constructor', `{{ ''.constructor.constructor("${CODE}")() }}${MESSAGES}`],
  ['a constructor by its name in brackets', `{{ messages['constructor']['constructor']("${CODE}")() }}${MESSAGES}`],
  ['a prototype', `{% set messages.__proto__.polluted = 1 %}${MESSAGES}`],
  ['globals', `{{ globalThis.process.exit(7) }}{{ process.exit(7) }}{{ require('fs') }}${MESSAGES}`],
  ['another file', `{% include '/etc/passwd' %}{% import 'fs' as fs %}${MESSAGES}`],
  [
    'an import of Python',
    `{{ ''.__class__.__mro__[1].__subclasses__() }}{{ cycler.__init__.__globals__.os }}${MESSAGES}`,
  ],
])('a chat template with %s runs nothing', { timeout: 120_000 }, async (name, template) => {
  const file = join(folder, `${name.replaceAll(' ', '-')}.gguf`)
  writeFileSync(file, selfTestModel(template))
  const loaded = await llm.load({ file })
  // Refused or passed over: both are right.
  if (loaded.ok) {
    const { pid } = llm.status()
    const task = { maxTokens: 4, temperature: 0, deadlineMs: Date.now() + 60_000 }
    await llm.chat({ ...task, messages: [{ role: 'user', content: 'Hello' }] }, {}, new AbortController().signal)
    expect(llm.status().pid).toBe(pid)
  }
  expect(existsSync(mark)).toBe(false)
  expect('polluted' in {}).toBe(false)
})
