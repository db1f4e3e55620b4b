/** The scale with a long middle tick. */
export function Brand() {
  return (
    <div className="brand">
      <svg viewBox="0 0 22 22" aria-hidden="true" fill="currentColor">
        <path d="M1 4h20v2H1z" />
        <path d="M1 7.5h1.4v3H1zM5.3 7.5h1.4v4.5H5.3zM15.3 7.5h1.4v4.5h-1.4zM19.6 7.5H21v3h-1.4zM9.6 7.5h2.8v12H9.6z" />
      </svg>
      <span>Taoforge</span>
    </div>
  )
}
