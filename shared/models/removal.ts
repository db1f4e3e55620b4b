/** What took less is back within a minute over a usual line. */
const LARGE_BYTES = 50_000_000

interface OnDisk {
  /** The file was made by this app, and goes with the model. */
  readonly ours: boolean
  readonly downloadedBytes: number
}

/** Whether a person is asked before a model is deleted: so many bytes are not fetched again in passing. */
export const asksBeforeRemoval = ({ ours, downloadedBytes }: OnDisk): boolean => ours && downloadedBytes >= LARGE_BYTES
