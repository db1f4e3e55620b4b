import type { ReactNode } from 'react'

export interface SettingRowProps {
  readonly title: string
  readonly text: ReactNode
  readonly children: ReactNode
}
export function SettingRow({ title, text, children }: SettingRowProps) {
  return (
    <section className="setting" aria-label={title}>
      <div>
        <h2>{title}</h2>
        <p className="soft">{text}</p>
      </div>
      <div className="setting-control">{children}</div>
    </section>
  )
}
