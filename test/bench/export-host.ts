import { keepNewSpaceSmall } from '../../electron/system/heap.ts'

// A host as far as exports need one, in a process of its own: what other cases of the bench leave in memory is not its rest.
// As every host does, before it loads much.
keepNewSpaceSmall()
const { worstOf } = await import('./export-files-peak.ts')
const [folder = '', what = 'ledger'] = process.argv.slice(2)
process.send?.(await worstOf(folder, what === 'epochs' ? 'epochs' : 'ledger'), () => process.disconnect())
