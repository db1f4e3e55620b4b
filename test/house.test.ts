import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { describe, expect, test } from 'vitest'

const tracked = (...patterns: string[]): string[] =>
  execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', ...patterns], { encoding: 'utf8' })
    .split('\n')
    .filter((path) => path !== '')

const sources = tracked('*.ts', '*.tsx')

describe('the house', () => {
  test('no source file is longer than 400 lines', () => {
    const long = sources
      .map((path) => ({ path, lines: readFileSync(path, 'utf8').split('\n').length - 1 }))
      .filter(({ lines }) => lines > 400)
    expect(long).toEqual([])
  })

  test('no file is a drawer for everything', () => {
    const drawers = /^(utils?|helpers?|common|misc|index)\.(ts|tsx)$/
    expect(sources.filter((path) => drawers.test(basename(path)))).toEqual([])
  })

  test('file names are kebab-case with a role', () => {
    expect(sources.filter((path) => !/^[a-z0-9-]+(\.[a-z0-9-]+)*\.(ts|tsx)$/.test(basename(path)))).toEqual([])
  })

  test('brands are made in shared/units only', () => {
    const makes = /\bas (Rao|Alpha|RaoPerAlpha|Netuid|Ss58)\b/
    const outside = sources.filter(
      (path) =>
        !path.startsWith('shared/units/') && !/\.test\.tsx?$/.test(path) && makes.test(readFileSync(path, 'utf8')),
    )
    expect(outside).toEqual([])
  })
})
