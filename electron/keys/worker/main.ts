import { parentLink } from '../../system/parent-link.ts'
import { serveKeys } from './dispatch.ts'
import { Vault } from './vault.ts'

// The signer: the only process in which a secret exists. Its one argument is the wallets folder.
const folder = process.argv[2]
if (!folder) {
  process.stderr.write('keys worker: no wallets folder given\n')
  process.exit(2)
}
const link = parentLink()
const serve = serveKeys(new Vault(folder), link.send)
link.onMessage((message) => void serve(message))
link.onParentGone(() => process.exit(0))
