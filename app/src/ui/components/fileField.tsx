import { useId, useState, type DragEvent, type ReactNode } from 'react';
import { Icon } from './icons.tsx';

interface FileFieldProps {
  /** "Batch file from this computer". */
  readonly label: string;
  /** What becomes of it: "It is read in this browser and sent nowhere." */
  readonly hint: string;
  readonly onFile: (file: File) => void;
  /** What the file dialog offers first, such as ".csv". */
  readonly accept?: string;
  readonly disabled?: boolean;
}

/** Takes one file by button, keyboard or drop. */
export function FileField(props: FileFieldProps): ReactNode {
  const { label, hint, onFile, accept, disabled = false } = props;
  const id = useId();
  const [over, setOver] = useState(false);
  const take = (files: FileList | null): void => {
    const file = files?.[0];
    if (file !== undefined && !disabled) onFile(file);
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files);
  };
  return (
    <div
      className={over ? 'dropzone dropzone-over' : 'dropzone'}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <Icon name="document" />
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="file"
        className="file-input"
        accept={accept}
        disabled={disabled}
        aria-describedby={`${id}-hint`}
        onChange={(event) => {
          take(event.target.files);
          // Lets the same file be picked again after it was changed on disk.
          event.target.value = '';
        }}
      />
      <p id={`${id}-hint`} className="small muted">
        Or drop it here. {hint}
      </p>
    </div>
  );
}
