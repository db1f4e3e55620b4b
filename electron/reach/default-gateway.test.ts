import { expect, test } from 'vitest'
import { gatewayOfRouteFile, gatewayOfTable } from './default-gateway.ts'

const LINUX = `Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT
eth0\t0001A8C0\t00000000\t0001\t0\t0\t100\t00FFFFFF\t0\t0\t0
eth0\t00000000\t0101A8C0\t0003\t0\t0\t100\t00000000\t0\t0\t0
`
const MAC = `Routing tables

Internet:
Destination        Gateway            Flags               Netif Expire
default            192.168.1.1        UGScg                 en0
127                127.0.0.1          UCS                   lo0

Internet6:
default            fe80::1%utun0      UGcIg               utun0
`
const WINDOWS = `IPv4 Route Table
===========================================================================
Network Destination        Netmask          Gateway       Interface  Metric
          0.0.0.0          0.0.0.0      192.168.1.1    192.168.1.20     25
        127.0.0.0        255.0.0.0         On-link         127.0.0.1    331
`

test('reads the gateway of each system', () => {
  expect(gatewayOfRouteFile(LINUX)).toBe('192.168.1.1')
  expect(gatewayOfTable(MAC)).toBe('192.168.1.1')
  expect(gatewayOfTable(WINDOWS)).toBe('192.168.1.1')
})

test('a system without one has none', () => {
  expect(gatewayOfRouteFile(LINUX.split('\n').slice(0, 2).join('\n'))).toBeUndefined()
  expect(gatewayOfRouteFile('')).toBeUndefined()
  expect(gatewayOfTable('')).toBeUndefined()
  expect(gatewayOfTable('default            link#4             UCS en0')).toBeUndefined()
})
