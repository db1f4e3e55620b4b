import type { App, Session, WebContents } from 'electron'
import { isOurUrl } from './security-headers.ts'

/** Copying an address is the one thing beyond drawing that our pages may do; reading the clipboard is not. */
const ALLOWED_PERMISSION = 'clipboard-sanitized-write'

/** The camera reads QR codes of transactions and signatures (docs/adr/0012). Nothing of ours ever listens. */
const isCameraOnly = (kinds: readonly (string | undefined)[] | undefined): boolean =>
  kinds !== undefined && kinds.length > 0 && kinds.every((kind) => kind === 'video')

const isOurPage = (contents: WebContents | null): boolean => contents !== null && isOurUrl(contents.getURL())

/** Refuses whatever a page could ask of the computer, and every connection that leaves our own scheme. */
export function lockSession(session: Session): void {
  session.setPermissionRequestHandler((contents, permission, answer, details) => {
    const camera = permission === 'media' && 'mediaTypes' in details && isCameraOnly(details.mediaTypes)
    answer((permission === ALLOWED_PERMISSION || camera) && isOurPage(contents))
  })
  session.setPermissionCheckHandler((contents, permission, origin, details) => {
    const camera = permission === 'media' && isCameraOnly([details.mediaType])
    return (permission === ALLOWED_PERMISSION || camera) && isOurPage(contents) && isOurUrl(origin)
  })
  session.setDevicePermissionHandler(() => false)
  // Without a handler Chromium shows no picker of its own; with one that answers nothing, the request fails at once.
  session.setDisplayMediaRequestHandler((_request, answer) => answer({}))
  session.webRequest.onBeforeRequest((details, answer) => answer({ cancel: !isLocalRequest(details.url) }))
  session.on('will-download', (event) => event.preventDefault())
  session.setSpellCheckerEnabled(false)
}

/** `data:` and `blob:` carry their content along; `devtools:` exists in development only. */
function isLocalRequest(url: string): boolean {
  return isOurUrl(url) || /^(data|blob|devtools):/.test(url)
}

/** Holds for every page that the app ever makes, also one that a defect makes. */
export function lockContents(contents: WebContents): void {
  const refuseForeign = (event: { preventDefault(): void; readonly url: string }) => {
    if (!isOurUrl(event.url)) event.preventDefault()
  }
  contents.on('will-navigate', refuseForeign)
  contents.on('will-frame-navigate', refuseForeign)
  contents.on('will-redirect', refuseForeign)
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
}

export function lockApp(app: Pick<App, 'on'>): void {
  app.on('web-contents-created', (_event, contents) => lockContents(contents))
  // A page with a broken certificate is none of ours: we load nothing over TLS.
  app.on('certificate-error', (event, _contents, _url, _error, _certificate, trust) => {
    event.preventDefault()
    trust(false)
  })
  app.on('select-client-certificate', (event) => event.preventDefault())
}
