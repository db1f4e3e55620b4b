// Runs inside the namespace of a router: answers as a router does, and has the kernel pass on what was opened.
import { execFileSync } from 'node:child_process'
import { fakeRouter } from './fake-router.ts'

const [inside = '', outside = '', speaks = ''] = process.argv.slice(2)
/** Of nftables. */
const NFT = 'nft'
const nft = (text: string) => execFileSync(NFT, text.split(' '))
const router = await fakeRouter({
  inside,
  outside,
  ...(speaks === 'nat-pmp' ? { natPmp: {} } : {}),
  ...(speaks === 'upnp' ? { upnp: { version: 1, search: true } } : {}),
  onOpen: (inner, outer, client) => {
    nft(`add rule ip nat pre iifname outer tcp dport ${outer} dnat to ${client}:${inner}`)
    process.stdout.write(`opened ${outer}\n`)
  },
  onClose: (outer) => {
    nft('flush chain ip nat pre')
    process.stdout.write(`closed ${outer}\n`)
  },
})
process.stdout.write('ready\n')
process.on('SIGTERM', () => void router.close().then(() => process.exit(0)))
