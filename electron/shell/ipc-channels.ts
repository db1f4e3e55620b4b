/** The names that preload and main share. Nothing else is ever sent or heard. */
export const CALL = 'taoforge:call'
export const SUBSCRIBE = 'taoforge:subscribe'
export const CANCEL = 'taoforge:cancel'
export const FRAME = 'taoforge:frame'

/** What travels to a page for a subscription: first the answer to it, then its values. */
export type Frame =
  | { readonly kind: 'reply'; readonly reply: unknown }
  | { readonly kind: 'event'; readonly value: unknown }
