/** Words with their places, as a person copies them to paper. They cannot be selected: no clipboard shall hold them. */
export function WordList({ words }: { readonly words: readonly string[] }) {
  return (
    <ol className="words select-none" onCopy={(event) => event.preventDefault()}>
      {words.map((word, index) => (
        // A word can come twice: its place is its identity.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <li key={index}>
          <span className="mute">{index + 1}</span> <b className="mono">{word}</b>
        </li>
      ))}
    </ol>
  )
}
