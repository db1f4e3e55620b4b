/** The address that a person copied here last; kept as long as the window lives, to be compared with what is pasted. */
let copied: string | undefined

export const rememberCopied = (address: string): void => {
  copied = address
}
export const lastCopied = (): string | undefined => copied
