/** Tokens evaluated in one step; also how often a long prompt looks at its deadline. The library's default. */
export const BATCH_TOKENS = 512
