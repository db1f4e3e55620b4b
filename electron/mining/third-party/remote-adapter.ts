import { ok } from '../../../shared/result.ts'
import type { Manifest, ManifestRoute } from '../manifest.port.ts'
import type { AdapterRoute, SubnetAdapter } from '../subnet-adapter.port.ts'

/** Its program runs in a process of its own, so its routes only say which of them was asked. */
const mapped = ({ method, path, hashFields, requestSchema, stream, contentType }: ManifestRoute) => {
  const route: AdapterRoute<'mapped'> = {
    method,
    path,
    requestSchema,
    ...(hashFields === undefined ? {} : { hashFields }),
    toTask: (body) => ok({ kind: 'mapped', task: { path, body: JSON.stringify(body) }, stream }),
    answer: () => ({
      contentType,
      // The other process has written each piece already.
      token: (piece) => piece,
      end: ({ written }) => written,
      fail: () => '',
    }),
  }
  return route
}

/** An adapter of the user's folder as the server sees it: its data, and routes that are mapped elsewhere. */
export const remoteAdapter = (id: string, manifest: Manifest): SubnetAdapter => ({
  ...manifest,
  id,
  routes: manifest.routes.map(mapped),
  remote: manifest,
})
