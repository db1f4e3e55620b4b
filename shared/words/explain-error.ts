import type { AppError } from '../errors.ts'
import { accountWords } from './explain-account-error.ts'
import { addressWords } from './explain-address-error.ts'
import { airgapWords } from './explain-airgap-error.ts'
import { alertErrorWords } from './explain-alert-error.ts'
import { backendWords } from './explain-backend-error.ts'
import { chainWords } from './explain-chain-error.ts'
import { fiatWords } from './explain-fiat-error.ts'
import { fleetWords } from './explain-fleet-error.ts'
import { holdingWords } from './explain-holding-error.ts'
import { keysWords } from './explain-keys-error.ts'
import { ledgerWords } from './explain-ledger-error.ts'
import { miningWords } from './explain-mining-error.ts'
import { ownWords } from './explain-own-error.ts'
import { placeWords } from './explain-place-error.ts'
import { signerWords } from './explain-signer-error.ts'
import { tradeWords } from './explain-trade-error.ts'
import { type AllWords, type ErrorWords, words } from './words.ts'

const ALL: AllWords = {
  ...ownWords,
  ...chainWords,
  ...keysWords,
  ...tradeWords,
  ...miningWords,
  ...backendWords,
  ...fleetWords,
  ...ledgerWords,
  ...fiatWords,
  ...alertErrorWords,
  ...addressWords,
  ...signerWords,
  ...accountWords,
  ...airgapWords,
  ...holdingWords,
  ...placeWords,
}

/** What happened, why, what to do. Covers every code; a code of a newer host is shown as it is. */
export function explainError(error: AppError): ErrorWords {
  if (!Object.hasOwn(ALL, error.code)) return unknownWords(error.code)
  // The cast: the entry under a code takes the error of that code, which TypeScript cannot follow through an index.
  return (ALL[error.code] as (error: AppError) => ErrorWords)(error)
}

const unknownWords = (code: string): ErrorWords =>
  words(
    'Something failed.',
    `The app gave a reason that this window has no words for: ${code}.`,
    'Load the window again.',
  )
