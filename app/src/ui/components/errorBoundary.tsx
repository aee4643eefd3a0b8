import { Component, type ErrorInfo, type ReactNode } from 'react';
import { explain } from '../../errors/index.ts';
import { Notice } from './notice.tsx';

interface BoundaryProps {
  readonly children: ReactNode;
}

interface BoundaryState {
  readonly error: Error | undefined;
}

/** Keeps the frame of the page standing when a view breaks or can't be loaded. */
export class ErrorBoundary extends Component<BoundaryProps, BoundaryState> {
  override state: BoundaryState = { error: undefined };

  static getDerivedStateFromError(error: Error): BoundaryState {
    return { error };
  }

  override componentDidCatch(error: Error, info: ErrorInfo): void {
    reportError(new Error(`${error.message}${info.componentStack ?? ''}`, { cause: error }));
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === undefined) return this.props.children;
    return (
      <Notice tone="bad" role="alert" title="This view could not be shown">
        <p className="small">{explain(error).detail}</p>
        <p className="small">It may be from before an update of the page.</p>
        <p>
          <button
            type="button"
            className="button button-quiet button-small"
            onClick={() => window.location.reload()}
          >
            Reload the page
          </button>
        </p>
      </Notice>
    );
  }
}
