/** A plain download of the own origin: the browser asks where to, and writes it as it comes. */
export function fetchFile(address: string): void {
  const link = document.createElement('a')
  link.href = address
  link.download = ''
  link.click()
}
