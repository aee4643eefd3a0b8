import { useId, useState, type DragEvent, type ReactNode } from 'react';
import { Icon } from '../../ui/index.ts';

/** Takes one file by button, keyboard or drop. It stays on this computer. */
export function FilePicker({ onFile }: { readonly onFile: (file: File) => void }): ReactNode {
  const id = useId();
  const [over, setOver] = useState(false);
  const take = (files: FileList | null): void => {
    const file = files?.[0];
    if (file !== undefined) onFile(file);
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
      <label htmlFor={id}>Batch file from this computer</label>
      <input
        id={id}
        type="file"
        className="file-input"
        onChange={(event) => {
          take(event.target.files);
          // Lets the same file be picked again after it was changed on disk.
          event.target.value = '';
        }}
      />
      <p className="small muted">Or drop it here. It is read in this browser and sent nowhere.</p>
    </div>
  );
}
