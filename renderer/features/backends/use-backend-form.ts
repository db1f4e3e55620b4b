import { useState } from 'react'
import { MOST_PLACES, type Serves } from '../../../shared/backends/backend.ts'
import { readBackendAddress } from '../../../shared/backends/backend-address.ts'
import type { BackendView } from '../../../shared/contract/backends.contract.ts'
import { useCommand } from '../../bridge/use-command.ts'

export interface BackendDraft {
  readonly name: string
  readonly url: string
  readonly model: string
  readonly serves: Serves
  readonly places: string
  readonly enabled: boolean
  readonly plainAccepted: boolean
  readonly apiKey: string
}

const draftOf = (entry: BackendView | undefined): BackendDraft => ({
  name: entry?.name ?? '',
  url: entry?.url ?? '',
  model: entry?.model ?? '',
  serves: entry?.serves ?? 'text',
  places: String(entry?.places ?? 4),
  enabled: entry?.enabled ?? true,
  plainAccepted: entry?.plainAccepted ?? false,
  // What is there is not given out; what is typed stays here only until it is sent.
  apiKey: '',
})

const readPlaces = (text: string): number | undefined =>
  /^\d{1,4}$/.test(text.trim()) && Number(text) >= 1 && Number(text) <= MOST_PLACES ? Number(text) : undefined
const isKey = (text: string): boolean => text === '' || /^[!-~]{1,500}$/.test(text)

/** What keeps the form from being sent; `undefined` when nothing does. */
function offBecause(draft: BackendDraft): string | undefined {
  if (draft.name.trim() === '') return 'Enter a name first.'
  const address = readBackendAddress(draft.url, draft.plainAccepted)
  if (!address.ok) return address.error === 'not-encrypted' ? 'Read the warning first.' : 'Enter the address first.'
  if (draft.model.trim() === '') return 'Enter the name of the model first.'
  if (readPlaces(draft.places) === undefined) return 'Correct the places.'
  return isKey(draft.apiKey) ? undefined : 'Correct the key.'
}

export function useBackendForm(entry: BackendView | undefined, onSaved: (id: string) => void) {
  const [draft, setDraft] = useState(() => draftOf(entry))
  const add = useCommand('backends.add')
  const change = useCommand('backends.change')
  const save = async () => {
    const places = readPlaces(draft.places)
    if (places === undefined || offBecause(draft) !== undefined) return
    const { apiKey, ...said } = draft
    const wish = {
      ...said,
      name: draft.name.trim(),
      url: draft.url.trim(),
      model: draft.model.trim(),
      places,
      ...(apiKey === '' ? {} : { apiKey }),
    }
    const saved = entry ? await change.send({ id: entry.id, ...wish }) : await add.send(wish)
    if (!saved.ok) return
    setDraft(draftOf(saved.value))
    onSaved(saved.value.id)
  }
  return {
    draft,
    type: (typed: Partial<BackendDraft>) => setDraft({ ...draft, ...typed }),
    off: offBecause(draft),
    address: readBackendAddress(draft.url, draft.plainAccepted),
    wrongPlaces: readPlaces(draft.places) === undefined,
    wrongKey: !isKey(draft.apiKey),
    save,
    busy: add.busy || change.busy,
    error: add.error ?? change.error,
  }
}
export type BackendForm = ReturnType<typeof useBackendForm>
