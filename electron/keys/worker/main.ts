import { parentLink } from '../../system/parent-link.ts'
import { ColdRoom } from './cold-room.ts'
import { serveKeys } from './dispatch.ts'
import { HotRoom } from './hot-room.ts'
import { loadArgonThenNoMore } from './native-argon.ts'
import { signerHandlers } from './signer/handlers.ts'

// The signer: the only processes in which a secret exists. Its arguments are the wallets folder and `cold` or `hot`.
const [folder, role] = process.argv.slice(2)
if (!folder || (role !== 'cold' && role !== 'hot')) {
  process.stderr.write('keys worker: no wallets folder or no role given\n')
  process.exit(2)
}
loadArgonThenNoMore()
const link = parentLink()
const room = role === 'cold' ? new ColdRoom(folder) : new HotRoom(folder)
const signer = signerHandlers({
  walletsFolder: folder,
  keys: room,
  checkPassword: room instanceof ColdRoom ? (wallet, password) => room.unlock({ wallet, password }) : undefined,
})
const handlers = { ...room.handlers(), ...signer }
const serve = serveKeys({ role, handlers, meter: room.meter }, link.send)
link.onMessage((message) => void serve(message))
link.onParentGone(() => process.exit(0))
