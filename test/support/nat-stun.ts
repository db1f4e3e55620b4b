// Runs inside the namespace that stands for the internet: STUN servers that say which address they see.
import { fakeStun } from './fake-stun.ts'

for (const host of process.argv.slice(2)) await fakeStun(host, { port: 3478 })
process.stdout.write('ready\n')
