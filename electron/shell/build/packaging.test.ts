import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { electronFiles, executableName } from './electron-files.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))

describe('electron-builder.yml', () => {
  let text: string
  beforeAll(async () => {
    text = await readFile(join(root, 'electron-builder.yml'), 'utf8')
  })

  test.each([
    ['runAsNode', false],
    ['enableNodeOptionsEnvironmentVariable', false],
    ['enableNodeCliInspectArguments', false],
    ['enableCookieEncryption', true],
    ['enableEmbeddedAsarIntegrityValidation', true],
    ['onlyLoadAppFromAsar', true],
    ['grantFileProtocolExtraPrivileges', false],
  ])('sets the fuse %s to %s', (fuse, on) => {
    expect(text).toMatch(new RegExp(`^ {2}${fuse}: ${on}$`, 'm'))
  })

  test('keeps addons out of the archive and never switches the sandbox off', () => {
    for (const name of ['better-sqlite3', 'node-llama-cpp', '@node-llama-cpp', '@node-rs'])
      expect(text).toContain(`- node_modules/${name}/**`)
    expect(text).not.toContain('no-sandbox')
  })

  test('brings Node, and what runs under it outside of the archive', () => {
    expect(text).toMatch(/^extraResources:\n {2}- from: node_modules\/node\/bin\n {4}to: node$/m)
    for (const path of ['package.json', 'out/main/workers/keys.js', 'out/main/workers/axon.js'])
      expect(text).toContain(`\n  - ${path}\n`)
    expect(text).toContain('- node_modules/@polkadot-labs/**')
  })

  test('names icons that are there', async () => {
    const icons = [...text.matchAll(/resources\/icons\/[\w.-]+\.png/g)].map(([path]) => path)
    expect(icons.length).toBeGreaterThan(0)
    for (const name of [
      ...icons,
      'resources/icons/tray.png',
      'resources/icons/tray-mining.png',
      'resources/icons/trayTemplate.png',
    ]) {
      const file = await readFile(join(root, name))
      expect(file.subarray(1, 4).toString('latin1'), name).toBe('PNG')
    }
    const icon = await readFile(join(root, 'resources/icons/icon.png'))
    // Width and height in the PNG header; electron-builder wants at least 512.
    expect([icon.readUInt32BE(16), icon.readUInt32BE(20)]).toEqual([1024, 1024])
  })
})

describe('electronFiles', () => {
  let base: string
  beforeAll(async () => {
    base = await mkdtemp(join(tmpdir(), 'taoforge-electron-'))
  })
  afterAll(() => rm(base, { recursive: true, force: true }))

  test('knows that the npm package alone is not Electron', () => {
    expect(electronFiles({}, base)).toBeUndefined()
  })

  test('finds the program that the package names', async () => {
    const folder = join(base, 'installed')
    await mkdir(join(folder, 'dist'), { recursive: true })
    await writeFile(join(folder, 'path.txt'), 'prog')
    expect(electronFiles({}, folder)).toBeUndefined()
    await writeFile(join(folder, 'dist', 'prog'), '')
    expect(electronFiles({}, folder)).toEqual({ dist: join(folder, 'dist'), executable: join(folder, 'dist', 'prog') })
  })

  test('finds Electron at a place that the user names', async () => {
    const dist = join(base, 'own')
    const executable = join(dist, executableName(process.platform))
    await mkdir(join(executable, '..'), { recursive: true })
    await writeFile(executable, '')
    expect(electronFiles({ ELECTRON_OVERRIDE_DIST_PATH: dist }, base)?.executable).toBe(executable)
  })
})
