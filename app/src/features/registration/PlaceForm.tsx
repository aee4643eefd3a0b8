import type { Hex } from '@truetonne/protocol';
import { useState, type ReactNode } from 'react';
import type { Project } from '../../api/indexer/index.ts';
import { checkWatts } from '../../forms/index.ts';
import { Hash, phrase, power, SelectField, TextField } from '../../ui/index.ts';
import type { Place } from './transaction.ts';

interface PlaceFormProps {
  readonly deviceId: Hex;
  /** The projects of the wallet. */
  readonly projects: readonly Project[];
  /** Without a place the device is claimed and bound later. */
  readonly onReview: (place: Place | undefined) => void;
}

const LATER = { value: '', label: 'None yet: bind it later' };

/** The project and the rated power of a device. */
export function PlaceForm({ deviceId, projects, onReview }: PlaceFormProps): ReactNode {
  const [chosen, setChosen] = useState(projects[0] === undefined ? '' : String(projects[0].id));
  const [capacity, setCapacity] = useState('');
  const [tried, setTried] = useState(false);
  const project = projects.find(({ id }) => String(id) === chosen);
  const watts = checkWatts(capacity);
  const review = (): void => {
    setTried(true);
    if (project === undefined) onReview(undefined);
    else if (watts.ok) {
      onReview({ projectId: project.id, projectName: project.name, capacityW: watts.value });
    }
  };
  return (
    <form
      className="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        review();
      }}
    >
      <p>
        The signature is right: device <Hash value={deviceId} what="device id" />
      </p>
      <SelectField
        label="Project"
        value={chosen}
        onChange={setChosen}
        options={[...projects.map(({ id, name }) => ({ value: String(id), label: name })), LATER]}
      />
      {project !== undefined && (
        <TextField
          label="Rated export power in W"
          hint={`${phrase(power((project.capacityW - project.boundCapacityW) * 1_000n))} of the plant are free.`}
          inputMode="decimal"
          value={capacity}
          onChange={setCapacity}
          error={tried && !watts.ok ? watts.problem : undefined}
          required
        />
      )}
      <div className="row">
        <button type="submit" className="button">
          Review
        </button>
      </div>
    </form>
  );
}
