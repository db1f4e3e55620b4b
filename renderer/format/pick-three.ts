/** Three different places, in order, by the browser's secure random numbers. @param count at least 3 */
export function pickThree(count: number, random: () => number = secureRandom): readonly number[] {
  const left = Array.from({ length: count }, (_, place) => place)
  const picked: number[] = []
  while (picked.length < 3 && left.length > 0) {
    const [place] = left.splice(Math.trunc(random() * left.length), 1)
    if (place !== undefined) picked.push(place)
  }
  return picked.sort((a, b) => a - b)
}
const secureRandom = (): number => (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) / 2 ** 32
