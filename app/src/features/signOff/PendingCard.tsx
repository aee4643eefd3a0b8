import { domainOf, fromHex, TonneError, type MeterReplacement } from '@truetonne/protocol';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { Device } from '../../api/indexer/index.ts';
import type { PendingReplacement } from '../../api/index.ts';
import { useDeployment } from '../../config/index.ts';
import { useDevice } from '../../data/index.ts';
import { checkReplacement, type Checked } from '../../statements/index.ts';
import type { Transaction } from '../../transactions/index.ts';
import {
  Amount,
  Card,
  count,
  energy,
  Facts,
  Moment,
  Notice,
  QueryView,
  shortHex,
} from '../../ui/index.ts';
import { signOffTransaction } from './transaction.ts';

type Replacement = Checked<MeterReplacement>;

interface RegistersProps {
  readonly device: Device;
  readonly says: MeterReplacement;
}

/** The old meter's last credited registers and the new meter's first, beside each other. */
function Registers({ device, says }: RegistersProps): ReactNode {
  const registers = (at: number, exportWh: bigint, importWh: bigint) => [
    { label: 'At', value: <Moment at={at} /> },
    { label: 'Export register', value: <Amount {...energy(exportWh)} /> },
    { label: 'Import register', value: <Amount {...energy(importWh)} /> },
  ];
  return (
    <div className="compare">
      <section aria-label="Old meter" className="stack-small">
        <h3>Old meter, as credited</h3>
        <Facts items={registers(device.closedAt, device.exportWh, device.importWh)} />
      </section>
      <section aria-label="New meter" className="stack-small">
        <h3>New meter, as the device signed</h3>
        <Facts items={registers(says.replacedAt, says.exportWh, says.importWh)} />
      </section>
    </div>
  );
}

/** The chain takes it only when all that the old meter measured is credited. */
function Unsettled({ device, says }: RegistersProps): ReactNode {
  if (device.sequence === says.sequence) return null;
  return (
    <Notice tone="warn" title="Not all of the old meter is credited yet">
      <p className="small">
        It measured up to window {count(says.sequence)}; the chain stands at{' '}
        {count(device.sequence)}. Sign off once a batch holds the rest.
      </p>
    </Notice>
  );
}

interface PendingProps {
  readonly device: Device;
  readonly replacement: Replacement;
  /** Absent for those who can't sign off. */
  readonly onSignOff: ((transaction: Transaction) => void) | undefined;
}

function Pending({ device, replacement, onSignOff }: PendingProps): ReactNode {
  const { registry } = useDeployment();
  return (
    <>
      <Registers device={device} says={replacement.says} />
      <Unsettled device={device} says={replacement.says} />
      {onSignOff !== undefined && (
        <div className="row">
          <button
            type="button"
            className="button"
            aria-label={`Sign off device ${shortHex(device.id)}`}
            onClick={() => onSignOff(signOffTransaction(registry, replacement))}
          >
            Sign off
          </button>
        </div>
      )}
    </>
  );
}

function useChecked(pending: PendingReplacement) {
  const { chainId, registry } = useDeployment();
  return useQuery({
    queryKey: ['replacement', pending.statement, pending.signature],
    queryFn: () => {
      const { statement, publicKey, signature, deviceId } = pending;
      if (signature === undefined) {
        throw new TonneError('SIGNATURE_INVALID', { field: 'signature', value: 'none' });
      }
      const signed = {
        bytes: fromHex(statement),
        publicKey: fromHex(publicKey),
        signature: fromHex(signature),
      };
      return checkReplacement(signed, { domain: domainOf(chainId, registry) }, deviceId);
    },
    staleTime: Infinity,
    retry: false,
  });
}

interface PendingCardProps {
  readonly pending: PendingReplacement;
  readonly onSignOff: PendingProps['onSignOff'];
}

/** One replacement that waits; its signature is checked here before it can be signed off. */
export function PendingCard({ pending, onSignOff }: PendingCardProps): ReactNode {
  const { deviceId, projectId } = pending;
  const device = useDevice(deviceId);
  const checked = useChecked(pending);
  return (
    <Card
      title={`Device ${shortHex(deviceId)}`}
      aside={
        <span className="row small">
          {projectId !== undefined && (
            <Link href={`/projects/${projectId}`}>Project {projectId}</Link>
          )}
          <Link href={`/devices/${deviceId}`}>Device</Link>
        </span>
      }
    >
      <QueryView query={checked} what="statement">
        {(replacement) => (
          <QueryView query={device} what="device">
            {(found) =>
              found !== null && (
                <Pending device={found} replacement={replacement} onSignOff={onSignOff} />
              )
            }
          </QueryView>
        )}
      </QueryView>
    </Card>
  );
}
