import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { FleetDevice } from '../../api/index.ts';
import { ReasonCode } from '../../reasons/index.ts';
import { Ago, Ahead, Badge, count, shortHex, Table } from '../../ui/index.ts';
import { signalWords, STATE_WORDS, volts } from './states.ts';

function State({ state, equivocations }: FleetDevice): ReactNode {
  const { tone, label } = STATE_WORDS[state];
  return (
    <>
      <Badge tone={tone}>{label}</Badge>
      {equivocations > 0 && state !== 'frozen' && (
        <>
          {' '}
          <Badge tone="bad">Key copied</Badge>
        </>
      )}
    </>
  );
}

function Seen({ lastSeenAt, lastSequence }: FleetDevice): ReactNode {
  if (lastSeenAt === undefined) return <span className="muted">never</span>;
  return (
    <>
      <Ago at={lastSeenAt} />
      {lastSequence !== undefined && (
        <span className="small muted"> · window {count(lastSequence)}</span>
      )}
    </>
  );
}

/** Windows that wait, why, and until when at the latest. */
function Waiting({ waiting }: FleetDevice): ReactNode {
  if (waiting === undefined) return <span className="muted">none</span>;
  return (
    <>
      {waiting.count === 1 ? '1 window' : `${count(waiting.count)} windows`}:{' '}
      <ReasonCode code={waiting.reason} />
      <span className="small muted">
        {' '}
        · judged <Ahead at={waiting.deadline} />
      </span>
    </>
  );
}

function Health({ firmware, batteryMv, signalDbm }: FleetDevice): ReactNode {
  const parts = [
    firmware,
    batteryMv === undefined ? undefined : volts(batteryMv),
    signalDbm === undefined ? undefined : `${signalDbm}\u00a0dBm, ${signalWords(signalDbm)}`,
  ].filter((part) => part !== undefined);
  if (parts.length === 0) return <span className="muted">not sent</span>;
  return parts.join(' · ');
}

function Reasons({ lastReasons }: FleetDevice): ReactNode {
  const codes = [...new Set(lastReasons.map(({ code }) => code))];
  if (codes.length === 0) return <span className="muted">none</span>;
  return codes.map((code) => <ReasonCode key={code} code={code} />);
}

/** One line per device. */
export function FleetTable({ devices }: { readonly devices: readonly FleetDevice[] }): ReactNode {
  return (
    <Table
      caption="Devices of the fleet"
      rows={devices}
      rowKey={({ deviceId }) => deviceId}
      columns={[
        {
          header: 'Device',
          cell: ({ deviceId, projectId }) => (
            <>
              <Link href={`/devices/${deviceId}`}>
                <code>{shortHex(deviceId)}</code>
              </Link>
              {projectId !== undefined && (
                <span className="small muted"> · project {projectId}</span>
              )}
            </>
          ),
        },
        { header: 'State', cell: (device) => <State {...device} /> },
        { header: 'Last seen', cell: (device) => <Seen {...device} /> },
        { header: 'Waiting', cell: (device) => <Waiting {...device} /> },
        { header: 'Last reasons', cell: (device) => <Reasons {...device} /> },
        { header: 'Firmware, battery, signal', cell: (device) => <Health {...device} /> },
      ]}
    />
  );
}
