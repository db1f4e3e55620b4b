/** Shape only; whether somebody answers is the host's question. */
export function isEndpoint(text: string): boolean {
  try {
    const url = new URL(text.trim())
    return (url.protocol === 'ws:' || url.protocol === 'wss:') && url.hostname !== ''
  } catch {
    return false
  }
}
