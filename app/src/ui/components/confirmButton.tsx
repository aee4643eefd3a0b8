import { useState, type ReactNode } from 'react';

interface ConfirmButtonProps {
  /** What it does, such as "Take out". */
  readonly text: string;
  /** What follows, and can't be undone: "Its keys end at once." */
  readonly consequence: string;
  readonly disabled: boolean;
  readonly onConfirm: () => void;
}

/** What was clicked is gone then: whoever uses a keyboard goes on from the button that came. */
const focus = (button: HTMLButtonElement | null): void => button?.focus();

/** A small button that says what follows and does it at the second click alone. */
export function ConfirmButton(props: ConfirmButtonProps): ReactNode {
  const { text, consequence, disabled, onConfirm } = props;
  const [state, setState] = useState<'fresh' | 'asking' | 'left'>('fresh');
  if (state !== 'asking') {
    return (
      <button
        type="button"
        className="button button-quiet button-small"
        ref={state === 'left' ? focus : undefined}
        disabled={disabled}
        onClick={() => setState('asking')}
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
          ref={focus}
          disabled={disabled}
          onClick={() => {
            setState('fresh');
            onConfirm();
          }}
        >
          {text}
        </button>
        <button
          type="button"
          className="button button-quiet button-small"
          onClick={() => setState('left')}
        >
          Leave it
        </button>
      </div>
    </div>
  );
}
