import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { BridgeContext } from '../bridge/bridge-context.ts'
import { createClient } from '../bridge/client.ts'
import { createIpcTransport } from '../bridge/ipc-transport.ts'
import { takePageToken } from '../bridge/page-token.ts'
import { createSubscriptions } from '../bridge/subscriptions.ts'
import type { Transport } from '../bridge/transport.ts'
import { WsTransport } from '../bridge/ws-transport.ts'
import '../ui/styles/main.css'
import { App } from './app.tsx'
import { ErrorBoundary } from './error-boundary.tsx'

/** The desktop window has a preload script with the door; a browser tab opens a socket to where its page came from. */
function openDoor(): Transport {
  if (window.host) return createIpcTransport(window.host)
  const scheme = location.protocol === 'https:' ? 'wss' : 'ws'
  const token = takePageToken(location, sessionStorage, history)
  return new WsTransport({ url: `${scheme}://${location.host}/ws`, token })
}

const client = createClient(openDoor())
const bridge = { client, subscriptions: createSubscriptions(client) }
const queries = new QueryClient({ defaultOptions: { queries: { refetchOnWindowFocus: false } } })
const root = document.getElementById('root')
if (root)
  createRoot(root).render(
    <StrictMode>
      <ErrorBoundary>
        <QueryClientProvider client={queries}>
          <BridgeContext value={bridge}>
            <App />
          </BridgeContext>
        </QueryClientProvider>
      </ErrorBoundary>
    </StrictMode>,
  )
