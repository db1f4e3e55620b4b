/** Where the way to mining stands is kept between two starts. */
export interface GoFilePort {
  /** What was written last; `undefined`: nothing, or it cannot be read. */
  read(): string | undefined
  /** On disk when it returns, wholly or not at all. @throws StorageFailure */
  write(text: string): void
}
