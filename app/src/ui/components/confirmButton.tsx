import { useState, type ReactNode } from 'react';

interface ConfirmButtonProps {
  /** What it does, such as "Take out". */
  readonly text: string;
  /** What follows, and can't be undone: "Its keys end at once." */
  readonly consequence: string;
  readonly disabled: boolean;
  readonly onConfirm: () => void;
}

/** A small button that says what follows and does it at the second click alone. */
export function ConfirmButton(props: ConfirmButtonProps): ReactNode {
  const { text, consequence, disabled, onConfirm } = props;
  const [asking, setAsking] = useState(false);
  if (!asking) {
    return (
      <button
        type="button"
        className="button button-quiet button-small"
        disabled={disabled}
        onClick={() => setAsking(true)}
      >
        {text}
      </button>
    );
  }
  return (
    <div className="stack-small" role="group" aria-label={text}>
      <span className="small" role="status">
        {consequence}
      </span>
      <div className="row">
        <button
          type="button"
          className="button button-small"
          // What was clicked is gone: whoever uses a keyboard goes on from here.
          ref={(button) => button?.focus()}
          disabled={disabled}
          onClick={() => {
            setAsking(false);
            onConfirm();
          }}
        >
          {text}
        </button>
        <button
          type="button"
          className="button button-quiet button-small"
          onClick={() => setAsking(false)}
        >
          Leave it
        </button>
      </div>
    </div>
  );
}
