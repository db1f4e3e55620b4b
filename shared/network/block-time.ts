/** Milliseconds between blocks that public Subtensor chains are built with: counts until the node told its own. */
export const USUAL_BLOCK_MS = 12_000
