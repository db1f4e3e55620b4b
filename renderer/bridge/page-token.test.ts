import { describe, expect, it } from 'vitest'
import { takePageToken } from './page-token.ts'

function page(hash: string, kept?: string) {
  const store = new Map<string, string>(kept ? [['taoforge.token', kept]] : [])
  const replaced: string[] = []
  const place = { hash, pathname: '/', search: '' } as Location
  const memory = {
    getItem: (key: string) => store.get(key) ?? null,
    setItem: (key: string, value: string) => void store.set(key, value),
  } as Storage
  const past = {
    replaceState: (_state: unknown, _title: string, url: string) => void replaced.push(url),
  } as unknown as History
  return { token: takePageToken(place, memory, past), kept: store.get('taoforge.token'), replaced }
}

describe('takePageToken', () => {
  it('takes the token out of the address and keeps it for the tab', () => {
    expect(page('#token=aB_-9')).toEqual({ token: 'aB_-9', kept: 'aB_-9', replaced: ['/'] })
  })
  it('keeps the view that follows', () => {
    expect(page('#token=abc&/mine').replaced).toEqual(['/#/mine'])
  })
  it('uses the kept token after a reload', () => {
    expect(page('#/mine', 'old')).toEqual({ token: 'old', kept: 'old', replaced: [] })
  })
  it('prefers a new token to an old one', () => {
    expect(page('#token=new', 'old').kept).toBe('new')
  })
  it('has none without both', () => {
    expect(page('').token).toBe('')
    expect(page('#token=<script>').token).toBe('')
  })
})
