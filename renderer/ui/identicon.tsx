/** Spread of the address over 19 dots: equal addresses look equal, one changed character changes many dots. */
function mix(text: string): () => number {
  let state = 0x811c9dc5
  for (const char of text) state = Math.imul(state ^ char.charCodeAt(0), 0x01000193)
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return state >>> 0
  }
}
const RINGS = [
  { radius: 0, dots: 1 },
  { radius: 9, dots: 6 },
  { radius: 17.6, dots: 12 },
]
const DOTS = RINGS.flatMap(({ radius, dots }) =>
  Array.from({ length: dots }, (_, index) => {
    const angle = (index / dots) * 2 * Math.PI
    return { x: Math.sin(angle) * radius, y: -Math.cos(angle) * radius }
  }),
)
const INKS = ['var(--s1)', 'var(--s2)', 'var(--s3)', 'var(--s4)', 'var(--s5)', 'var(--s-rest)']

/** A picture of an address. An aid to the eye only: the groups of four are what counts. */
export function Identicon({ address, size = 28 }: { readonly address: string; readonly size?: number }) {
  const next = mix(address)
  return (
    <svg width={size} height={size} viewBox="-23 -23 46 46" aria-hidden="true" className="identicon">
      <circle r="22.5" fill="var(--sunken)" stroke="var(--line)" />
      {DOTS.map((dot) => (
        <circle
          key={`${dot.x}|${dot.y}`}
          cx={dot.x.toFixed(1)}
          cy={dot.y.toFixed(1)}
          r="4"
          fill={INKS[next() % INKS.length]}
        />
      ))}
    </svg>
  )
}
