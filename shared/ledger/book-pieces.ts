import { type Netuid, netuid, type Ss58, ss58 } from '../units/amounts.ts'
import { LOT_ORIGINS, type Lot } from './lot.ts'

/**
 * By which rules books are made of lines. Counts up whenever the same lines would make other lots, gains or sums, or the text
 * below changes: books that were kept by earlier rules are then made anew.
 */
export const BOOK_RULES = 1

/** A part of a lot book: of one position what it realised, and some of its lots, in the order in which its pile has them. */
export interface BookPiece {
  readonly account: Ss58
  readonly netuid: Netuid
  readonly hotkey: Ss58
  readonly realised: bigint
  readonly unknownDisposed: bigint
  readonly lots: readonly Lot[]
}

/** One line a piece; fields of a lot have a comma between them, lots a space. An unknown cost is empty. */
export const piecesToText = (pieces: readonly BookPiece[]): string => pieces.map(pieceToText).join('\n')

function pieceToText({ account, netuid, hotkey, realised, unknownDisposed, lots }: BookPiece): string {
  const packed = lots.map(
    ({ alpha, cost, seq, atMs, origin }) => `${alpha},${cost ?? ''},${seq},${atMs},${LOT_ORIGINS.indexOf(origin)}`,
  )
  return [account, netuid, hotkey, realised, unknownDisposed, ...packed].join(' ')
}

export const piecesFromText = (text: string): readonly BookPiece[] => text.split('\n').map(pieceFromText)

function pieceFromText(line: string): BookPiece {
  const [account = '', subnet = '', hotkey = '', realised = '', unknownDisposed = '', ...lots] = line.split(' ')
  return {
    account: ss58(account),
    netuid: netuid(Number(subnet)),
    hotkey: ss58(hotkey),
    realised: BigInt(realised),
    unknownDisposed: BigInt(unknownDisposed),
    lots: lots.map(lotFromText),
  }
}

function lotFromText(text: string): Lot {
  const [alpha = '', cost = '', seq = '', atMs = '', origin = ''] = text.split(',')
  return {
    alpha: BigInt(alpha),
    cost: cost === '' ? undefined : BigInt(cost),
    seq: Number(seq),
    atMs: Number(atMs),
    origin: LOT_ORIGINS[Number(origin)] ?? 'unrecorded',
  }
}
