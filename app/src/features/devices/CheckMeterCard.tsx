import { useState, type ReactNode } from 'react';
import { isAddressEqual, type Hex } from 'viem';
import { Link } from 'wouter';
import { useConnection } from 'wagmi';
import type { Device } from '../../api/indexer/index.ts';
import {
  ACCURACY_CLASSES,
  endCheckMeter,
  nameCheckMeter,
  type AccuracyClass,
  type CheckMeter,
  type NamedMeter,
} from '../../api/index.ts';
import { useMeterPairs, useUnbound, useWrite } from '../../data/index.ts';
import {
  Card,
  count,
  Empty,
  Facts,
  Moment,
  QueryView,
  Refusal,
  SelectField,
  shortHex,
} from '../../ui/index.ts';
import { SignedIn } from '../session/index.ts';

const CLASS_OPTIONS = ACCURACY_CLASSES.map((value) => ({ value, label: `Class ${value}` }));
const INITIAL_CLASS: AccuracyClass = '0.5';

function DeviceLink({ id }: { readonly id: Hex }): ReactNode {
  return (
    <Link href={`/devices/${id}`}>
      <code>{shortHex(id)}</code>
    </Link>
  );
}

function Compared({ checkMeter }: { readonly checkMeter: CheckMeter }): ReactNode {
  const { deviceId, accuracyClass, comparedUntil, mismatchedDays } = checkMeter;
  return (
    <Facts
      items={[
        {
          label: 'Check meter',
          value: <DeviceLink id={deviceId} />,
        },
        { label: 'Accuracy class of this meter', value: `${accuracyClass} %` },
        {
          label: 'Compared until',
          value: comparedUntil === undefined ? 'no whole day yet' : <Moment at={comparedUntil} />,
        },
        { label: 'Days that differ too much', value: count(mismatchedDays) },
      ]}
    />
  );
}

function Naming(props: {
  readonly device: Device;
  readonly unbound: readonly Device[];
  readonly onDone: () => void;
}): ReactNode {
  const { device, unbound, onDone } = props;
  const [chosen, setChosen] = useState<string>(unbound[0]?.id ?? '');
  const [accuracyClass, setAccuracyClass] = useState<string>(INITIAL_CLASS);
  const naming = useWrite(
    (writer, meter: NamedMeter) => nameCheckMeter(writer, device.id, meter),
    onDone,
  );
  const check = unbound.find(({ id }) => id === chosen);
  const named = ACCURACY_CLASSES.find((one) => one === accuracyClass);
  return (
    <div className="stack-small">
      <SelectField
        label="Device that measures the same energy"
        value={chosen}
        onChange={setChosen}
        options={unbound.map(({ id }) => ({ value: id, label: shortHex(id) }))}
      />
      <SelectField
        label="Accuracy class of this meter"
        value={accuracyClass}
        onChange={setAccuracyClass}
        options={CLASS_OPTIONS}
      />
      <div className="row">
        <button
          type="button"
          className="button"
          disabled={check === undefined || named === undefined || naming.isPending}
          onClick={() => {
            if (check === undefined || named === undefined) return;
            naming.mutate({ deviceId: check.id, accuracyClass: named });
          }}
        >
          Compare with it
        </button>
        <button type="button" className="button button-quiet" onClick={onDone}>
          Cancel
        </button>
      </div>
      <Refusal error={naming.error} what="Nothing is compared" />
    </div>
  );
}

/** What the owner can do about it. */
function OwnersPart({ device, named }: PartProps): ReactNode {
  const unbound = useUnbound(device.owner);
  const [open, setOpen] = useState(false);
  const ending = useWrite((writer, id: Hex) => endCheckMeter(writer, id));
  if (open) {
    return (
      <QueryView
        query={unbound}
        what="your devices"
        isEmpty={(devices) => devices.length === 0}
        empty={
          <Empty title="You have no device without a project">
            <p>
              <Link href="/devices/new">Claim the check meter</Link> and don&apos;t bind it: its
              energy is not credited.
            </p>
          </Empty>
        }
      >
        {(devices) => <Naming device={device} unbound={devices} onDone={() => setOpen(false)} />}
      </QueryView>
    );
  }
  return (
    <div className="stack-small">
      <div className="row">
        <button type="button" className="button button-quiet" onClick={() => setOpen(true)}>
          {named ? 'Name another one' : 'Name a check meter'}
        </button>
        {named && (
          <button
            type="button"
            className="button button-quiet"
            disabled={ending.isPending}
            onClick={() => ending.mutate(device.id)}
          >
            End the comparison
          </button>
        )}
      </div>
      <Refusal error={ending.error} what="They are still compared" />
    </div>
  );
}

interface PartProps {
  readonly device: Device;
  readonly named: boolean;
}

/** Why nothing of this meter is credited. */
function Checks({ id }: { readonly id: Hex }): ReactNode {
  return (
    <p>
      This meter checks <DeviceLink id={id} />, where the energy of their wire is credited. Nothing
      that it measures while it does is credited here, in whatever project it is.
    </p>
  );
}

/** The second meter behind the same wire: who else says what this one says. */
export function CheckMeterCard({ device }: { readonly device: Device }): ReactNode {
  const query = useMeterPairs(device.id);
  const { address } = useConnection();
  const isOwner = address !== undefined && isAddressEqual(address, device.owner);
  const checks = query.data?.checks;
  if (checks !== undefined) {
    return (
      <Card title="Check meter">
        <Checks id={checks} />
      </Card>
    );
  }
  if (device.state !== 'bound') return null;
  return (
    <Card title="Check meter">
      <QueryView query={query} what="check meter">
        {({ checkMeter }) => (
          <>
            {checkMeter === undefined ? (
              <p className="muted">No other meter checks this one.</p>
            ) : (
              <Compared checkMeter={checkMeter} />
            )}
            {isOwner && (
              <SignedIn why="Its owner names the meter that checks it." inCard>
                <OwnersPart device={device} named={checkMeter !== undefined} />
              </SignedIn>
            )}
          </>
        )}
      </QueryView>
    </Card>
  );
}
