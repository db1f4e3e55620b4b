// A whole host on a data folder, with resources of a test; it ends when it is killed. Says what the headless host says.

import { startInnerHost } from './inner-host.ts'

const [data = '', resources = ''] = process.argv.slice(2)
const host = await startInnerHost(() => ({}), { data, resources, pages: false })
process.stdout.write(`${JSON.stringify({ url: host.url, token: host.token })}\n`)
process.on('SIGTERM', () => void host.stop().then(() => process.exit(0)))
