import type { AppContract, Handlers } from '../../shared/contract/contract.ts'
import type { ModelsService } from '../services/models.service.ts'
import type { Services } from './create-host.ts'
import { followed } from './followed.ts'

type Names = Extract<keyof AppContract, `models.${string}`>
type List = Awaited<ReturnType<ModelsService['list']>>

/** The list is read from disk: one reading at a time, and one more where something changed meanwhile. */
function listTo(models: ModelsService, emit: (value: List) => void): () => void {
  let state: 'idle' | 'reading' | 'again' = 'idle'
  const read = async (): Promise<void> => {
    if (state !== 'idle') {
      state = 'again'
      return
    }
    state = 'reading'
    emit(await models.list())
    const again = (state as string) === 'again'
    state = 'idle'
    if (again) await read()
  }
  return () => void read()
}

export function modelsHandlers({ models }: Pick<Services, 'models'>): Pick<Handlers<AppContract>, Names> {
  return {
    'models.watch': (_input, emit, signal) =>
      followed((listener) => models.onChange(listener), listTo(models, emit), signal),
    'models.licence': ({ id }) => models.licence(id),
    'models.download': ({ id, acceptLicence }) => models.download(id, acceptLicence),
    'models.cancel': ({ id }) => models.cancel(id),
    'models.import': ({ path, copy }) => models.importFile(path, copy ?? false),
    'models.move': ({ id, folder }) => models.move(id, folder),
    'models.makeSelfTest': () => models.makeSelfTest(),
    'models.remove': ({ id, understood }) => models.remove(id, understood),
  }
}
