import type { ReactNode } from 'react'

/** Title, age, actions. */
export function Head({
  title,
  age,
  children,
}: {
  readonly title: ReactNode
  readonly age?: ReactNode
  readonly children?: ReactNode
}) {
  return (
    <div className="head">
      <h1>{title}</h1>
      {age}
      <span className="end row">{children}</span>
    </div>
  )
}
