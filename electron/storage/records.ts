import { z } from 'zod'
import { careProblem } from '../../shared/care/care-settings.ts'
import { alertSettings } from '../../shared/contract/alerts.contract.ts'
import { backendList } from '../../shared/contract/backends.contract.ts'
import { callerLists } from '../../shared/contract/callers.contract.ts'
import { careSettings, minerChoice } from '../../shared/contract/care.contract.ts'
import { fiatSource } from '../../shared/contract/fiat.contract.ts'
import { modelChoices } from '../../shared/contract/models.contract.ts'
import { invitationText, stunServerText } from '../../shared/contract/reach.contract.ts'
import { transactionRecord } from '../../shared/contract/transactions.contract.ts'
import { LOT_METHODS } from '../../shared/ledger/lots.ts'
import { DEFAULT_SETTINGS, type Settings } from '../../shared/settings/settings.ts'
import type { TransactionRecord } from '../../shared/transactions/transaction.ts'

/** The wire codec serves the disk too: amounts as text, checked when read back. */
export const recordToText = (record: TransactionRecord): string => JSON.stringify(z.encode(transactionRecord, record))

/** `undefined` for a row that an older or foreign writer left: it is not shown, and not deleted. */
export function recordFromText(text: string): TransactionRecord | undefined {
  try {
    const parsed = transactionRecord.safeParse(JSON.parse(text))
    return parsed.success ? parsed.data : undefined
  } catch {
    return undefined
  }
}

const settingsShape = z.object({
  theme: z.enum(['system', 'light', 'dark']).catch(DEFAULT_SETTINGS.theme),
  autoLockMinutes: z.number().int().min(0).max(1440).catch(DEFAULT_SETTINGS.autoLockMinutes),
  tolerancePpm: z.number().int().min(0).max(500_000).catch(DEFAULT_SETTINGS.tolerancePpm),
  minerPort: z.number().int().min(0).max(65_535).catch(DEFAULT_SETTINGS.minerPort),
  lotMethod: z.enum(LOT_METHODS).catch(DEFAULT_SETTINGS.lotMethod),
  network: z
    .object({ kind: z.enum(['practice', 'finney', 'test', 'local', 'custom']), endpoint: z.string().optional() })
    .optional()
    .catch(undefined),
  activeWallet: z.string().optional().catch(undefined),
  allowances: z.record(z.string(), z.number().min(0).max(100)).optional().catch(undefined),
  fiat: fiatSource.optional().catch(undefined),
  backends: backendList.optional().catch(undefined),
  archive: z.string().max(300).optional().catch(undefined),
  metricsPort: z.number().int().min(1).max(65_535).optional().catch(undefined),
  stunServers: z.array(stunServerText).max(8).readonly().optional().catch(undefined),
  probeHelpers: z.array(invitationText).max(4).readonly().optional().catch(undefined),
  care: careSettings
    .refine((care) => careProblem(care) === undefined)
    .optional()
    .catch(undefined),
  alerts: alertSettings.optional().catch(undefined),
  minerChoice: minerChoice.optional().catch(undefined),
  // Where it cannot be read nobody is answered: a list that is lost must not let in whom it kept out.
  callerLists: callerLists.optional().catch({ denied: [], allowed: [] }),
  modelReserve: z
    .object({ memoryBytes: z.number().min(0).optional(), vramBytes: z.number().min(0).optional() })
    .optional()
    .catch(undefined),
  models: modelChoices.optional().catch(undefined),
})

/** A setting that cannot be read falls back to its default; the others stay. */
export function settingsFromText(text: string): Settings {
  try {
    return settingsShape.parse(JSON.parse(text))
  } catch {
    return DEFAULT_SETTINGS
  }
}
