/** Where UPnP devices listen for a search. @source UPnP Device Architecture 1.1, 1.1 */
export const SSDP_GROUP = { address: '239.255.255.250', port: 1900 } as const

/** What routers call themselves: many know the older name only, some the newer only. */
export const ROUTER_TYPES = [
  'urn:schemas-upnp-org:device:InternetGatewayDevice:1',
  'urn:schemas-upnp-org:device:InternetGatewayDevice:2',
] as const

/** The services that open ports, in the order of preference. The two actions used are the same in all three. */
const PORT_SERVICES = [
  'urn:schemas-upnp-org:service:WANIPConnection:2',
  'urn:schemas-upnp-org:service:WANIPConnection:1',
  'urn:schemas-upnp-org:service:WANPPPConnection:1',
] as const

/** @source UPnP Device Architecture 1.1, 1.3.2; a device waits up to MX seconds */
export const searchText = (type: string): string =>
  [
    'M-SEARCH * HTTP/1.1',
    `HOST: ${SSDP_GROUP.address}:${SSDP_GROUP.port}`,
    'MAN: "ssdp:discover"',
    'MX: 1',
    `ST: ${type}`,
    '',
    '',
  ].join('\r\n')

const urlOf = (text: string, base?: string): URL | undefined => {
  try {
    return new URL(text, base)
  } catch {
    return undefined
  }
}

const onHost = (url: URL | undefined, host: string): string | undefined =>
  url?.protocol === 'http:' && url.hostname === host && url.username === '' ? url.href : undefined

/**
 * Where a device that answered describes itself. Only a page of the very address that answered is taken: else any device of the
 * home network could have this computer fetch a page of its choice.
 */
export function descriptionAddress(reply: string, from: string): string | undefined {
  if (!/^HTTP\/1\.[01] 200/i.test(reply)) return undefined
  const location = /^location:[ \t]*(\S{1,500})[ \t]*$/im.exec(reply)?.[1]
  return location === undefined ? undefined : onHost(urlOf(location), from)
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
const plain = (text: string): string =>
  text.trim().replace(/&(amp|lt|gt|quot|apos);/g, (_all, name) => ENTITIES[name] ?? '')

/** Text of the first element of this name, with any prefix. */
export const elementText = (xml: string, name: string): string | undefined => {
  const found = new RegExp(`<(?:[\\w-]+:)?${name}(?:\\s[^<>]*)?>([^<]{0,500})</`).exec(xml)?.[1]
  return found === undefined ? undefined : plain(found)
}

export interface PortService {
  readonly service: string
  readonly control: string
}

/** The service of a device description that opens ports, with an address on the same host; none where it has none. */
export function portService(xml: string, description: string): PortService | undefined {
  const base = onHost(urlOf(elementText(xml, 'URLBase') ?? description), new URL(description).hostname) ?? description
  const services = xml
    .split(/<service>/)
    .slice(1)
    .map((part) => ({ service: elementText(part, 'serviceType'), control: elementText(part, 'controlURL') }))
  for (const wanted of PORT_SERVICES) {
    const control = services.find(({ service }) => service === wanted)?.control
    const address = control === undefined ? undefined : onHost(urlOf(control, base), new URL(description).hostname)
    if (address !== undefined) return { service: wanted, control: address }
  }
  return undefined
}

const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (char) => `&${Object.entries(ENTITIES).find(([, plainChar]) => plainChar === char)?.[0]};`)

/** What is sent to the control address, with the header that names it. @source UPnP Device Architecture 1.1, 3.1.1 */
export function soapQuestion(service: string, action: string, args: Readonly<Record<string, string | number>>) {
  const inner = Object.entries(args)
    .map(([name, value]) => `<${name}>${escaped(String(value))}</${name}>`)
    .join('')
  return {
    action: `"${service}#${action}"`,
    body:
      '<?xml version="1.0"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" ' +
      's:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/"><s:Body>' +
      `<u:${action} xmlns:u="${service}">${inner}</u:${action}></s:Body></s:Envelope>`,
  }
}

/** Error number of a refused action: 718 = another computer has this port, 725 = takes lasting openings only. */
export function soapRefusal(xml: string): number | undefined {
  const code = elementText(xml, 'errorCode')
  return code !== undefined && /^\d{3}$/.test(code) ? Number(code) : undefined
}
