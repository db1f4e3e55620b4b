/** One position: a subnet and the hotkey that the stake is with. */
export interface Place {
  readonly netuid: number
  readonly hotkey: string
}
/** Places of the window, as data. The address after `#` is their written form. */
export type Route =
  /** `all`: of all wallets of the app together. */
  | { readonly view: 'portfolio'; readonly all?: true }
  | { readonly view: 'holdings'; readonly place?: Place }
  | { readonly view: 'subnets'; readonly stakeTo?: number; readonly detail?: number }
  | { readonly view: 'validators'; readonly netuid: number }
  | { readonly view: 'network' }
  /** `several`: places for several hotkeys at once. */
  | { readonly view: 'mine'; readonly several?: true }
  | { readonly view: 'watch' }
  | { readonly view: 'care' }
  | { readonly view: 'backends' }
  | { readonly view: 'fleet' }
  | { readonly view: 'models' }
  | { readonly view: 'earnings' }
  | { readonly view: 'profit' }
  | { readonly view: 'history' }
  | { readonly view: 'orders'; readonly netuid?: number }
  | { readonly view: 'activity'; readonly id?: string }
  | { readonly view: 'settings' }
  | { readonly view: 'log' }
  | { readonly view: 'wallets' }
  | { readonly view: 'addresses' }
  | { readonly view: 'send'; readonly to?: string }
  | { readonly view: 'receive' }
  | { readonly view: 'offline' }
  | { readonly view: 'proxies' }
  | { readonly view: 'coldkey' }
  | { readonly view: 'shared-accounts' }
  | { readonly view: 'limits'; readonly part?: LimitsPart }
/** The signer's limits, its log, and messages: one place, three parts. */
export type LimitsPart = 'log' | 'messages'
export type ViewName = Route['view']

export const HOME: Route = { view: 'portfolio' }

export function hrefOf(route: Route): string {
  if (route.view === 'subnets' && route.detail !== undefined) return `#/subnets/${route.detail}/detail`
  if (route.view === 'portfolio' && route.all) return '#/portfolio/all'
  if (route.view === 'mine' && route.several) return '#/mine/several'
  if (route.view === 'validators') return `#/validators/${route.netuid}`
  if (route.view === 'subnets' && route.stakeTo !== undefined) return `#/subnets/${route.stakeTo}`
  if (route.view === 'holdings' && route.place)
    return `#/holdings/${route.place.netuid}/${encodeURIComponent(route.place.hotkey)}`
  if (route.view === 'orders' && route.netuid !== undefined) return `#/orders/${route.netuid}`
  if (route.view === 'activity' && route.id !== undefined) return `#/activity/${encodeURIComponent(route.id)}`
  if (route.view === 'send' && route.to !== undefined) return `#/send/${encodeURIComponent(route.to)}`
  if (route.view === 'limits' && route.part !== undefined) return `#/limits/${route.part}`
  return `#/${route.view}`
}

const readNetuid = (text: string | undefined): number | undefined =>
  text !== undefined && /^\d{1,5}$/.test(text) && Number(text) <= 65_535 ? Number(text) : undefined

function readText(text: string | undefined): string | undefined {
  if (!text) return undefined
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}

/** Unknown addresses lead home: a link of an older version must not end in an empty window. */
export function parseRoute(hash: string): Route {
  const [view, rest, part] = hash.replace(/^#\/?/, '').split('/')
  switch (view) {
    case 'portfolio':
      return rest === 'all' ? { view, all: true } : { view }
    case 'mine':
      return rest === 'several' ? { view, several: true } : { view }
    case 'watch':
    case 'care':
    case 'backends':
    case 'fleet':
    case 'models':
    case 'earnings':
    case 'profit':
    case 'history':
    case 'settings':
    case 'wallets':
    case 'addresses':
    case 'receive':
    case 'offline':
    case 'proxies':
    case 'coldkey':
    case 'shared-accounts':
    case 'network':
    case 'log':
      return { view }
    case 'send': {
      const to = readText(rest)
      return to === undefined ? { view } : { view, to }
    }
    case 'limits':
      return rest === 'log' || rest === 'messages' ? { view, part: rest } : { view }
    case 'subnets': {
      const netuid = readNetuid(rest)
      if (netuid === undefined) return { view }
      return part === 'detail' ? { view, detail: netuid } : { view, stakeTo: netuid }
    }
    case 'orders': {
      const netuid = readNetuid(rest)
      return netuid === undefined ? { view } : { view, netuid }
    }
    case 'validators': {
      const netuid = readNetuid(rest)
      return netuid === undefined ? { view: 'subnets' } : { view, netuid }
    }
    case 'holdings': {
      const [netuid, hotkey] = [readNetuid(rest), readText(part)]
      return netuid === undefined || hotkey === undefined ? { view } : { view, place: { netuid, hotkey } }
    }
    case 'activity': {
      const id = readText(rest)
      return id === undefined ? { view } : { view, id }
    }
    default:
      return HOME
  }
}
