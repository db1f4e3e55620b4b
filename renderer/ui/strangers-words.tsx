/** What somebody says of himself on the chain: as text, never as a link, and never as a fact. Nothing where nothing is said. */
export function StrangersWords({ said }: { readonly said: readonly (readonly [label: string, text: string])[] }) {
  if (said.length === 0) return null
  return (
    <>
      <p className="mute small">Anybody can write anything here. Nobody has checked it, and addresses are not links.</p>
      <dl className="kv start said">
        {said.map(([label, text]) => (
          <div className="contents" key={label}>
            <dt>{label}</dt>
            <dd>
              <bdi className="break">{text}</bdi>
            </dd>
          </div>
        ))}
      </dl>
    </>
  )
}
