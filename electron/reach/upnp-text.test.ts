import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { descriptionAddress, elementText, portService, soapQuestion, soapRefusal } from './upnp-text.ts'

const reply = (location: string) => `HTTP/1.1 200 OK\r\nST: x\r\nLOCATION: ${location}\r\n\r\n`
const PAGE = 'http://192.168.1.1:5000/rootDesc.xml'
const service = (type: string, control: string) =>
  `<service><serviceType>urn:schemas-upnp-org:service:${type}</serviceType><controlURL>${control}</controlURL></service>`

describe('UPnP', () => {
  test.each([
    ['of its own', reply(PAGE), PAGE],
    ['of another computer', reply('http://192.168.1.9/a.xml'), undefined],
    ['of the internet', reply('http://example.org/a.xml'), undefined],
    ['that is no web page', reply('file:///etc/passwd'), undefined],
    ['with a name in it', reply('http://192.168.1.1@example.org/'), undefined],
    ['of an announcement', reply(PAGE).replace('HTTP/1.1 200 OK', 'NOTIFY * HTTP/1.1'), undefined],
  ])('takes a page %s, or not', (_what, text, page) => expect(descriptionAddress(text, '192.168.1.1')).toBe(page))

  test('finds the service that opens ports, the newer one first', () => {
    const old = `<root><device><serviceList>${service('WANPPPConnection:1', '/ppp')}${service('WANIPConnection:1', '/ip')}`
    expect(portService(old, PAGE)).toEqual({
      service: 'urn:schemas-upnp-org:service:WANIPConnection:1',
      control: 'http://192.168.1.1:5000/ip',
    })
    expect(portService(old + service('WANIPConnection:2', 'two'), PAGE)?.control).toBe('http://192.168.1.1:5000/two')
    expect(portService(`<URLBase>http://192.168.1.1:80/</URLBase>${old}`, PAGE)?.control).toBe('http://192.168.1.1/ip')
  })

  test.each([
    ['elsewhere', service('WANIPConnection:1', 'http://192.168.1.9/ip')],
    ['nowhere', '<root></root>'],
    ['of something else', service('Layer3Forwarding:1', '/l3')],
  ])('asks no control address %s', (_what, xml) => expect(portService(xml, PAGE)).toBeUndefined())

  test('writes an action, with what a person typed kept out of its markup', () => {
    const { action, body } = soapQuestion('urn:x:1', 'AddPortMapping', {
      NewInternalPort: 8091,
      NewDescription: `<a>&"'`,
    })
    expect(action).toBe('"urn:x:1#AddPortMapping"')
    expect(body).toContain(
      '<u:AddPortMapping xmlns:u="urn:x:1"><NewInternalPort>8091</NewInternalPort>' +
        '<NewDescription>&lt;a&gt;&amp;&quot;&apos;</NewDescription></u:AddPortMapping>',
    )
  })

  test('reads what was answered, and why it was refused', () => {
    const answer = '<u:R xmlns:u="x"><NewExternalIPAddress> 203.0.113.9 </NewExternalIPAddress></u:R>'
    expect(elementText(answer, 'NewExternalIPAddress')).toBe('203.0.113.9')
    expect(soapRefusal('<UPnPError xmlns="x"><errorCode>718</errorCode><errorDescription/></UPnPError>')).toBe(718)
    expect(soapRefusal('<errorCode>many</errorCode>')).toBeUndefined()
  })

  test('no text makes it throw', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        descriptionAddress(`HTTP/1.1 200 OK\r\nLOCATION: ${text}\r\n`, '192.168.1.1')
        portService(
          `<service><serviceType>urn:schemas-upnp-org:service:WANIPConnection:1</serviceType><controlURL>${text}</controlURL>`,
          PAGE,
        )
      }),
    )
  })
})
