import { parentLink } from '../../system/parent-link.ts'
import { serveKeys } from './dispatch.ts'
import { SigningDesk } from './signer/signing-desk.ts'
import { Vault } from './vault.ts'

// The signer: the only process in which a secret exists. Its one argument is the wallets folder.
const folder = process.argv[2]
if (!folder) {
  process.stderr.write('keys worker: no wallets folder given\n')
  process.exit(2)
}
const link = parentLink()
const vault = new Vault(folder)
const serve = serveKeys({ vault, desk: new SigningDesk(vault) }, link.send)
link.onMessage((message) => void serve(message))
link.onParentGone(() => process.exit(0))
