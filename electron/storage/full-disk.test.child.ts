// Fills the file system of the given folder through the storage, makes room again, and says what is left.
import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { ss58 } from '../../shared/units/amounts.ts'
import { sqliteStorage } from './sqlite-storage.ts'
import { StorageFailure } from './storage.port.ts'

const [folder = ''] = process.argv.slice(2)
const ballast = join(folder, 'ballast')
const genesis = '0x01'
const record = (id: number) => ({
  id: `tx-${id}`,
  genesis,
  kind: 'add-stake' as const,
  signer: ss58('5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY'),
  stage: 'in-pool' as const,
  txHash: `0x${'ab'.repeat(2_000)}`,
  startedAtMs: id,
})

const storage = sqliteStorage(folder)
let wrote = 0
let kind = 'never full'
for (let id = 0; id < 10_000; id++) {
  try {
    storage.saveTransaction(record(id))
    wrote += 1
  } catch (cause) {
    kind = cause instanceof StorageFailure ? cause.kind : String(cause)
    break
  }
}
const readable = storage.transactions(genesis, 20_000).length
let again = 'not tried'
if (existsSync(ballast)) {
  rmSync(ballast)
  storage.saveTransaction(record(99_999))
  again = 'written'
}
storage.close()
const reopened = sqliteStorage(folder)
const kept = reopened.transactions(genesis, 20_000).length
reopened.close()
process.stdout.write(JSON.stringify({ kind, wrote, readable, again, kept }))
