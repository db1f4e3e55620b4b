import type { ReactNode } from 'react'
import { Num } from './amount.tsx'
import { Button } from './button.tsx'
import { Drawer } from './drawer.tsx'
import { Quote, type QuoteProps } from './quote.tsx'

export interface TradeState {
  readonly stale: boolean
  /** What is wrong with the typed amount. */
  readonly wrong: string | undefined
  readonly quote: 'idle' | 'loading' | 'ready' | 'failed'
}

/** Why a trade cannot be reviewed now; `undefined` when it can. Says what is missing, not only that something is. */
export function whyNoReview({ stale, wrong, quote }: TradeState): string | undefined {
  if (stale) return 'The chain data is old. Signing waits for a new block.'
  if (wrong !== undefined) return 'Correct the amount first.'
  if (quote === 'failed') return 'The quote was refused.'
  if (quote === 'loading') return 'The quote is on its way.'
  return quote === 'idle' ? 'Enter an amount first.' : undefined
}

export interface TradeDrawerProps {
  readonly title: ReactNode
  readonly off: string | undefined
  readonly onReview: () => void
  /** What the button says, where it does something else than open the review. */
  readonly action?: string | undefined
  /** Beside the button, where it may be pressed. */
  readonly note?: string | undefined
  readonly onClose: () => void
  readonly children: ReactNode
}

/** A drawer that ends in a review: both directions of a trade look and behave alike. */
export function TradeDrawer({ title, off, onReview, onClose, children, action, note }: TradeDrawerProps) {
  return (
    <Drawer
      title={title}
      onClose={onClose}
      footer={
        <>
          <Button kind="main" large full offBecause={off} onPress={onReview}>
            {action ?? 'Review and sign'}
          </Button>
          <span className="why">{off ?? note ?? 'Quoted again before signing'}</span>
        </>
      }
    >
      {children}
    </Drawer>
  )
}

export interface YouReceiveProps extends Omit<QuoteProps, 'bestNote' | 'worstNote'> {
  readonly atBlock: number
  /** A part may be done: then the worst case is a small part. */
  readonly partial?: boolean
}
export function YouReceive({ atBlock, partial = false, ...quote }: YouReceiveProps) {
  return (
    <div>
      <h3 className="row">
        You receive{' '}
        <span className="end mute small light">
          simulated by the chain at block <Num value={atBlock} />
        </span>
      </h3>
      <Quote
        {...quote}
        bestNote="no price impact"
        worstNote={partial ? 'a small part, at the limit' : 'all of it at the limit'}
      />
    </div>
  )
}
