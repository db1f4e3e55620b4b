const KEY = 'taoforge.token'

/**
 * Takes the token out of `#token=…`, keeps it for this tab only, and removes it from the address bar, so that it is
 * neither in the history nor in a copied address.
 */
export function takePageToken(place: Location, memory: Storage, history: History): string {
  const match = /^#token=([A-Za-z0-9_-]+)(?:&(.*))?$/.exec(place.hash)
  if (!match?.[1]) return memory.getItem(KEY) ?? ''
  memory.setItem(KEY, match[1])
  history.replaceState(null, '', `${place.pathname}${place.search}${match[2] ? `#${match[2]}` : ''}`)
  return match[1]
}
