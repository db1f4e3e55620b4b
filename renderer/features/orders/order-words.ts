import type { OrderType } from '../../../shared/signing/limit-order.ts'
import type { Output } from '../../bridge/client.ts'
import type { ChipKind } from '../../ui/chip.tsx'

export type KnownOrder = Output<'orders.list'>[number]

export interface KindWords {
  readonly name: string
  /** When it trades, and which way. */
  readonly rule: string
  readonly isPurchase: boolean
}
export const KINDS: Readonly<Record<OrderType, KindWords>> = {
  LimitBuy: { name: 'Buy', rule: 'Buys when one alpha costs the limit or less.', isPurchase: true },
  TakeProfit: { name: 'Take profit', rule: 'Sells when one alpha costs the limit or more.', isPurchase: false },
  StopLoss: { name: 'Stop-loss', rule: 'Sells when one alpha costs the limit or less.', isPurchase: false },
}

interface StateWords {
  readonly word: string
  readonly chip: ChipKind
  readonly says: string
}
export const STATES: Readonly<Record<KnownOrder['status'], StateWords>> = {
  open: { word: 'open', chip: 'neutral', says: 'Whoever has it may carry it out as soon as the price is there.' },
  partial: {
    word: 'partly done',
    chip: 'warn',
    says: 'A part was carried out. The rest is open until its time is over.',
  },
  fulfilled: { word: 'done', chip: 'good', says: 'It was carried out. What it brought is in the history.' },
  cancelled: {
    word: 'cancelled',
    chip: 'dashed',
    says: 'The chain knows that it is cancelled: nobody can carry it out.',
  },
  expired: { word: 'expired', chip: 'dashed', says: 'Its time is over: nobody can carry it out.' },
}

export const isOpen = ({ status }: Pick<KnownOrder, 'status'>): boolean => status === 'open' || status === 'partial'
