import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { appFiles, appSchemes, serveAppFiles } from './app-protocol.ts'
import { CONTENT_SECURITY_POLICY, isOurUrl, SECURITY_HEADERS } from './security-headers.ts'

let base: string
let get: (url: string, method?: string) => Promise<Response>

beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'taoforge-pages-'))
  const pages = join(base, 'pages')
  await mkdir(join(pages, 'assets'), { recursive: true })
  await writeFile(join(pages, 'index.html'), '<!doctype html>')
  await writeFile(join(pages, 'assets', 'app.js'), 'export {}')
  await writeFile(join(pages, '.hidden'), 'hidden')
  await writeFile(join(base, 'secret.txt'), 'secret')
  await symlink(join(base, 'secret.txt'), join(pages, 'link.txt'))
  const answer = appFiles(pages)
  get = (url, method = 'GET') => answer({ url, method })
})
afterAll(() => rm(base, { recursive: true, force: true }))

describe('app://', () => {
  test('serves the built pages with their type', async () => {
    const page = await get('app://taoforge/')
    expect([page.status, page.headers.get('content-type'), await page.text()]).toEqual([
      200,
      'text/html; charset=utf-8',
      '<!doctype html>',
    ])
    const script = await get('app://taoforge/assets/app.js?v=1#x')
    expect([script.status, script.headers.get('content-type')]).toEqual([200, 'text/javascript; charset=utf-8'])
    expect(await (await get('app://taoforge/index.html', 'HEAD')).text()).toBe('')
  })

  test.each([
    'app://taoforge/../secret.txt',
    'app://taoforge/%2e%2e/secret.txt',
    'app://taoforge/..%2fsecret.txt',
    'app://taoforge/assets/..%2f..%2fsecret.txt',
    'app://taoforge/..%5csecret.txt',
    'app://taoforge/%2fetc/passwd',
    'app://taoforge/c:/windows/win.ini',
    'app://taoforge/index.html%00.png',
    'app://taoforge/%E0%A4%A',
    'app://taoforge/.hidden',
    'app://taoforge/link.txt',
    'app://taoforge/assets',
    'app://taoforge/nothing.js',
  ])('finds nothing outside of the pages: %s', async (url) => {
    const answer = await get(url)
    expect(answer.status).toBe(404)
    expect(await answer.text()).toBe('Not here.\n')
  })

  test.each(['app://taoforge.example/index.html', 'app://user@taoforge/index.html', 'https://taoforge/index.html'])(
    'serves our own host only: %s',
    async (url) => expect((await get(url)).status).toBe(403),
  )

  test('takes no other method', async () => {
    for (const method of ['POST', 'PUT', 'DELETE']) expect((await get('app://taoforge/', method)).status).toBe(405)
  })

  test('puts the strict headers on every answer, refusals included', async () => {
    for (const url of ['app://taoforge/', 'app://taoforge/nothing', 'app://other/'])
      for (const [name, value] of Object.entries(SECURITY_HEADERS))
        expect((await get(url)).headers.get(name), `${name} of ${url}`).toBe(value)
  })

  test('is registered as a secure standard scheme without powers to bypass anything', () => {
    expect(appSchemes).toEqual([{ scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } }])
    const handled: string[] = []
    serveAppFiles({ handle: (scheme) => void handled.push(scheme) }, base)
    expect(handled).toEqual(['app'])
  })
})

describe('the content security policy', () => {
  const directives = new Map(
    CONTENT_SECURITY_POLICY.split('; ').map((line) => {
      const [name = '', ...sources] = line.split(' ')
      return [name, sources]
    }),
  )

  test('starts from nothing and allows our own files only', () => {
    expect(directives.get('default-src')).toEqual(["'none'"])
    for (const name of ['script-src', 'style-src', 'font-src', 'connect-src'])
      expect(directives.get(name)).toEqual(["'self'"])
    for (const name of ['object-src', 'base-uri', 'form-action', 'frame-ancestors', 'frame-src', 'worker-src'])
      expect(directives.get(name)).toEqual(["'none'"])
  })

  test('knows no unsafe word, no wildcard and no other host', () => {
    expect(CONTENT_SECURITY_POLICY).not.toMatch(/unsafe|\*|https?:|wss?:|blob:/)
  })
})

test.each([
  ['app://taoforge/index.html', true],
  ['app://taoforge/#/stake', true],
  ['app://taoforge.example/', false],
  ['app://taoforge@example/', false],
  ['file:///etc/passwd', false],
  ['https://example.com/app://taoforge/', false],
  ['about:blank', false],
  ['', false],
])('%s is ours: %s', (url, ours) => {
  expect(isOurUrl(url)).toBe(ours)
})
