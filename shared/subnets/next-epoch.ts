/**
 * The next epoch after `block` of a subnet whose facts may be some blocks older: what the chain said, else that and as many
 * tempos as have passed since.
 * @param said block of the next epoch as the chain said it, when the subnet was read
 * @param tempo blocks between epochs
 * @returns a block after `block`; undefined where it has passed and the tempo leads nowhere
 */
export function nextEpochAfter(said: number, tempo: number, block: number): number | undefined {
  if (said > block) return said
  if (tempo <= 0) return undefined
  return said + (Math.trunc((block - said) / tempo) + 1) * tempo
}
