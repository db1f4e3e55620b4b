import { option, vec } from '../../scale/composites.ts'
import { u8 } from '../../scale/primitives.ts'
import { apiMethod, runtimeApi } from '../../scale/runtime-api.ts'
import { proxyFilterInfo, proxyTypeInfo } from '../types/proxy.ts'

export const proxyFilterRuntimeApi = runtimeApi({
  name: 'ProxyFilterRuntimeApi',
  version: 1,
  methods: {
    get_proxy_types: apiMethod({}, vec(proxyTypeInfo), 'Every proxy type by name and number.'),
    get_proxy_filter: apiMethod(
      { proxy_type: option(u8) },
      vec(proxyFilterInfo),
      'What one proxy type lets through, or what each does.',
    ),
  },
})
