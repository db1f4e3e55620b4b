import { describeFilter } from '../proxy/filter.ts'
import { isDeprecated, KINDS } from '../proxy/proxy-types.ts'
import type { HandlersOf } from './handlers.ts'

/** What delegates may do, from the rules that their calls are held against. An unknown number has no filter. */
export const proxyHandlers: { readonly ProxyFilterRuntimeApi: HandlersOf<'ProxyFilterRuntimeApi'> } = {
  ProxyFilterRuntimeApi: {
    get_proxy_types: () => KINDS.map((name, index) => ({ name, index, deprecated: isDeprecated(name) })),
    get_proxy_filter: (_ctx, { proxy_type }) =>
      KINDS.filter((_, index) => proxy_type === undefined || proxy_type === index).map(describeFilter),
  },
}
