import type { ReactNode } from 'react';
import { fetchOwnDevices, type OwnDevice } from '../../api/index.ts';
import { useOwn } from '../../data/index.ts';
import { CheckField, Empty, QueryView, shortHex, TimeField } from '../../ui/index.ts';
import { useOrganisation } from '../organisations/index.ts';
import type { Draft, ReadingsDraft } from './draft.ts';

interface ReadingsFieldsProps {
  readonly draft: Draft;
  readonly onChange: (draft: Draft) => void;
}

/** Devices by project; those of no project come last. */
function byProject(devices: readonly OwnDevice[]): ReadonlyMap<string, readonly OwnDevice[]> {
  return Map.groupBy(devices, ({ projectId, projectName }) =>
    projectId === undefined ? 'Bound to no project' : `${projectName ?? ''} (project ${projectId})`,
  );
}

function Devices(props: {
  readonly devices: readonly OwnDevice[];
  readonly readings: ReadingsDraft;
  readonly onChange: (readings: ReadingsDraft) => void;
}): ReactNode {
  const { devices, readings, onChange } = props;
  const toggle = (deviceId: string, chosen: boolean): void => {
    const others = readings.deviceIds.filter((id) => id !== deviceId);
    onChange({ ...readings, deviceIds: chosen ? [...others, deviceId] : others });
  };
  return [...byProject(devices)].map(([project, inIt]) => (
    <fieldset key={project} className="columns-field">
      <legend>{project}</legend>
      {inIt.map(({ deviceId, lastAt, void: isVoid }) => (
        <CheckField
          key={deviceId}
          label={`Device ${shortHex(deviceId)}`}
          checked={readings.deviceIds.includes(deviceId)}
          onChange={(chosen) => toggle(deviceId, chosen)}
          hint={hintOf(lastAt, isVoid)}
        />
      ))}
    </fieldset>
  ));
}

function hintOf(lastAt: number | undefined, isVoid: boolean): string {
  if (isVoid) return 'Its key was copied: it can’t be cited';
  if (lastAt === undefined) return 'It has measured nothing yet';
  return `Measured until ${new Date(lastAt * 1000).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** Electricity from the organisation's own signed meters: which devices, from when until when. */
export function ReadingsFields({ draft, onChange }: ReadingsFieldsProps): ReactNode {
  const { id } = useOrganisation();
  const query = useOwn([id, 'own-devices'], (oracleUrl) => fetchOwnDevices(oracleUrl, id));
  const { readings } = draft;
  const set = (next: ReadingsDraft): void => onChange({ ...draft, readings: next });
  return (
    <>
      <CheckField
        label="Take the energy from our own signed meters"
        checked={readings !== undefined}
        onChange={(cited) =>
          onChange({
            ...draft,
            readings: cited ? { deviceIds: [], from: '', until: '' } : undefined,
          })
        }
        hint="The difference of the import registers that the devices signed, instead of a figure typed here."
      />
      {readings !== undefined && (
        <QueryView
          query={query}
          what="devices"
          isEmpty={(devices) => devices.length === 0}
          empty={
            <Empty title="No wallet of this organisation owns a device">
              <p>Invite the wallet that registered the meters as an editor.</p>
            </Empty>
          }
        >
          {(devices) => (
            <>
              <Devices devices={devices} readings={readings} onChange={set} />
              <div className="form form-wide">
                <TimeField
                  label="From (UTC)"
                  value={readings.from}
                  onChange={(from) => set({ ...readings, from })}
                />
                <TimeField
                  label="Until (UTC)"
                  value={readings.until}
                  onChange={(until) => set({ ...readings, until })}
                  hint="On the day on which the activity ended"
                />
              </div>
            </>
          )}
        </QueryView>
      )}
    </>
  );
}
