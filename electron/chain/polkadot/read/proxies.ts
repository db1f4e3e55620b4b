import type {
  ProxyAnnouncement,
  ProxyCall,
  ProxyCosts,
  ProxyFacts,
  ProxyGrant,
  ProxyRule,
} from '../../../../shared/accounts/proxy.ts'
import type { Rao, Ss58 } from '../../../../shared/units/amounts.ts'
import { Answer, asList, asNumber, asRao, asTagged, asText } from '../answer.ts'
import { badAnswer } from '../failure.ts'
import { FEATURES } from '../runtime/features.ts'
import type { Runtime } from '../runtime/runtime.ts'
import type { Stored } from '../runtime/storage-item.ts'
import { toHex } from '../scale/bytes.ts'
import type { View } from '../view.ts'

const PROXIES = 'Proxy.Proxies'
const ANNOUNCEMENTS = 'Proxy.Announcements'

/** Both maps hold a list and the deposit for it; an account without an entry has the empty default. */
function pairIn(stored: Stored | undefined, what: string): readonly [readonly unknown[], Rao] {
  const [list, deposit] = asList(stored?.value, what)
  return [asList(list, what), asRao(deposit, what)]
}

/** Grants of an account, and what it announced itself: one request. */
export async function readProxies(view: View, account: Ss58): Promise<ProxyFacts> {
  view.runtime.need(FEATURES.proxy)
  const [proxies, announcements] = await view.storage([
    [PROXIES, account],
    [ANNOUNCEMENTS, account],
  ])
  const [grants, deposit] = pairIn(proxies, PROXIES)
  const [announced, announcedDeposit] = pairIn(announcements, ANNOUNCEMENTS)
  return {
    atBlock: view.block,
    account,
    grants: grants.map(grantOf),
    deposit,
    announced: announced.map((entry) => announcementOf(account, entry)),
    announcedDeposit,
  }
}

/** What the delegates of an account announced in its name. */
export async function readAnnouncementsAgainst(view: View, account: Ss58): Promise<readonly ProxyAnnouncement[]> {
  const { grants } = await readProxies(view, account)
  const delegates = [...new Set(grants.map(({ delegate }) => delegate))]
  if (delegates.length === 0) return []
  const stored = await view.storage(delegates.map((delegate) => [ANNOUNCEMENTS, delegate] as const))
  return delegates.flatMap((delegate, at) =>
    pairIn(stored[at], ANNOUNCEMENTS)[0]
      .map((entry) => announcementOf(delegate, entry))
      .filter(({ real }) => real === account),
  )
}

function grantOf(entry: unknown): ProxyGrant {
  const grant = new Answer(entry, PROXIES)
  const proxyType = asTagged(grant.raw('proxy_type'), PROXIES).type
  return { delegate: grant.address('delegate'), proxyType, delay: grant.number('delay') }
}

function announcementOf(delegate: Ss58, entry: unknown): ProxyAnnouncement {
  const announcement = new Answer(entry, ANNOUNCEMENTS)
  const hash = announcement.raw('call_hash')
  return {
    delegate,
    real: announcement.address('real'),
    callHash: hash instanceof Uint8Array && hash.length === 32 ? toHex(hash) : badAnswer(ANNOUNCEMENTS),
    height: announcement.number('height'),
  }
}

export function proxyCosts(runtime: Runtime): ProxyCosts {
  const rao = (name: string) => asRao(runtime.constant(`Proxy.${name}`), name)
  return {
    base: rao('ProxyDepositBase'),
    each: rao('ProxyDepositFactor'),
    announcementBase: rao('AnnouncementDepositBase'),
    announcementEach: rao('AnnouncementDepositFactor'),
    mostProxies: asNumber(runtime.constant('Proxy.MaxProxies'), 'MaxProxies'),
  }
}

const RULES = 'ProxyFilterRuntimeApi.get_proxy_filter'
/** Newer runtimes take a list of types. @source subtensor, runtime API of the same name in plural */
const NEWER_RULES = 'ProxyFilterRuntimeApi.get_proxy_filters'
const MODES: Readonly<Record<string, ProxyRule['mode']>> = {
  AllowAll: 'everything',
  DenyAll: 'nothing',
  Allow: 'only',
  Deny: 'all-but',
}

/** What each proxy type may do, in the chain's own words: one request. */
export async function readProxyRules(view: View): Promise<readonly ProxyRule[]> {
  const name = view.runtime.has({ apis: [RULES] }) ? RULES : NEWER_RULES
  view.runtime.need({ apis: [name] })
  return asList(await view.api(name, undefined), name).map((entry) => {
    const rule = new Answer(entry, name)
    const mode = asTagged(rule.raw('filter_mode'), name).type
    return {
      proxyType: rule.text('name'),
      deprecated: rule.flag('deprecated'),
      mode: MODES[mode] ?? badAnswer(`${name}: ${mode}`),
      calls: rule.list('calls').map(callOf),
      exceptions: rule.list('exceptions').map(callOf),
    }
  })
}

function callOf(entry: unknown): ProxyCall {
  const info = new Answer(entry, RULES)
  const [pallet, call] = [info.text('pallet_name'), info.raw('call_name')]
  return {
    call: call === undefined ? pallet : `${pallet}.${asText(call, RULES)}`,
    ...conditionOf(info.raw('condition')),
  }
}

function conditionOf(raw: unknown): Pick<ProxyCall, 'below' | 'around'> {
  if (raw === undefined) return {}
  const { type, value } = asTagged(raw, RULES)
  const condition = new Answer(value, RULES)
  if (type === 'NestedCallMustBe') return { around: `${condition.text('pallet_name')}.${condition.text('call_name')}` }
  if (type !== 'ParamLessThan') return badAnswer(`${RULES}: ${type}`)
  const limit = condition.raw('limit')
  return typeof limit === 'bigint' ? { below: { argument: condition.text('param_name'), limit } } : badAnswer(RULES)
}
