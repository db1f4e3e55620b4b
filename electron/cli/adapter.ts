import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { newAdapterFiles } from '../mining/third-party/scaffold.ts'
import { nodeSpawn } from '../system/node-spawn.ts'
import { checkAdapter } from './adapter-check.ts'

// `npm run adapter -- new NAME` and `npm run adapter -- check DIR`; both count from where they were called.
const say = (line: string) => void process.stdout.write(`${line}\n`)
const here = process.env['INIT_CWD'] ?? process.cwd()
const NAME = /^[a-z0-9][a-z0-9-]{0,40}$/

function makeNew(name: string): number {
  const folder = resolve(here, name)
  if (!NAME.test(basename(folder))) {
    say('A name has small letters, digits and dashes, and at most 41 of them.')
    return 2
  }
  if (existsSync(folder)) {
    say(`${folder} is there already. Choose another name, or remove it first.`)
    return 2
  }
  mkdirSync(folder, { recursive: true })
  for (const [file, content] of Object.entries(newAdapterFiles(basename(folder))))
    writeFileSync(join(folder, file), content)
  say(`Made ${folder} with adapter.json, adapter.js and fixtures.json.`)
  say(`Next: npm run adapter -- check ${name}`)
  return 0
}

async function check(folder: string): Promise<number> {
  const findings = await checkAdapter(resolve(here, folder), nodeSpawn)
  for (const { what, problem } of findings)
    say(problem === undefined ? `ok    ${what}` : `WRONG ${what}\n      ${problem}`)
  const wrong = findings.filter(({ problem }) => problem !== undefined).length
  say(wrong === 0 ? `All ${findings.length} checks passed.` : `${wrong} of ${findings.length} checks did not pass.`)
  return wrong === 0 ? 0 : 1
}

const [order, target] = process.argv.slice(2)
if (order === 'new' && target !== undefined) process.exitCode = makeNew(target)
else if (order === 'check' && target !== undefined) process.exitCode = await check(target)
else {
  say('npm run adapter -- new NAME     makes a folder with a new adapter')
  say('npm run adapter -- check DIR    checks the adapter in a folder')
  process.exitCode = 2
}
