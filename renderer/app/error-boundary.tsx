import { Component, type ReactNode } from 'react'
import { Button } from '../ui/button.tsx'
import { Note } from '../ui/note.tsx'

interface Caught {
  readonly message?: string
}

/** A mistake of the window must not look like an empty wallet: it says so, and that nothing was touched. */
export class ErrorBoundary extends Component<{ readonly children: ReactNode }, Caught> {
  override state: Caught = {}

  static getDerivedStateFromError(error: unknown): Caught {
    return { message: error instanceof Error ? error.message : String(error) }
  }

  override render() {
    if (this.state.message === undefined) return this.props.children
    return (
      <main className="page">
        <h1 className="vh">Taoforge</h1>
        <Note kind="bad" title="This view has failed.">
          <p className="break">The window made a mistake: {this.state.message}</p>
          <p>Your keys and your money were not touched. Load the window again.</p>
          <div className="mt-2">
            <Button onPress={() => location.reload()}>Load again</Button>
          </div>
        </Note>
      </main>
    )
  }
}
