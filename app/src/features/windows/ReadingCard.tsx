import { readingsAbi } from '@truetonne/protocol';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useConfig } from 'wagmi';
import { readContract } from 'wagmi/actions';
import type { StoredWindow } from '../../api/index.ts';
import { useDeployment } from '../../config/index.ts';
import { useReadingStatus } from '../../data/index.ts';
import { explain } from '../../errors/index.ts';
import { Amount, Card, dateTime, energy, Facts, Hash, Notice } from '../../ui/index.ts';
import { ReadingState } from '../devices/index.ts';
import { readingHex, type WindowCheck } from './checkWindow.ts';
import { readingFields } from './fields.ts';

interface ReadingCardProps {
  readonly check: WindowCheck;
  readonly stored: StoredWindow;
  readonly index: number;
}

/** Lets the contract itself prove the reading: it reverts when it is not in the batch. */
function AskContract({ stored, index }: Omit<ReadingCardProps, 'check'>): ReactNode {
  const config = useConfig();
  const { readings } = useDeployment();
  const { batchId, proof, header, readingsBytes } = stored;
  const asking = useMutation({
    mutationFn: async (batch: bigint) =>
      readContract(config, {
        address: readings,
        abi: readingsAbi,
        functionName: 'readingAt',
        args: [batch, header, readingsBytes, BigInt(index), proof ?? []],
      }),
  });
  if (batchId === undefined) return null;
  const { data, error, isPending } = asking;
  const reason = error === null ? undefined : explain(error);
  return (
    <div className="stack-small">
      <p>
        <button
          type="button"
          className="button button-quiet"
          disabled={isPending}
          onClick={() => asking.mutate(batchId)}
        >
          {isPending ? 'Asking the contract …' : 'Ask the contract'}
        </button>
      </p>
      {data !== undefined && (
        <Notice tone="good" role="status" title="The contract confirms this reading">
          <p className="small">
            {dateTime(Number(data.readAt))}, export register <Amount {...energy(data.exportWh)} />,
            in batch {String(batchId)}.
          </p>
        </Notice>
      )}
      {reason !== undefined && (
        <Notice tone="bad" role="alert" title={`The contract refuses: ${reason.title}`}>
          <p className="small">{reason.detail}</p>
          <p className="small">
            {reason.todo} <code>{reason.code}</code>
          </p>
        </Notice>
      )}
    </div>
  );
}

/** One reading: every field with its unit, whether it counts, and its bytes. */
export function ReadingCard({ check, stored, index }: ReadingCardProps): ReactNode {
  const { header, readings } = check.window;
  const status = useReadingStatus(`${header.deviceId}.${header.sequence}.${index}`);
  const reading = readings[index];
  if (reading === undefined) return null;
  return (
    <Card title={`Reading ${index + 1}`} aside={status.data && <ReadingState {...status.data} />}>
      <Facts items={readingFields(reading)} />
      <details className="details">
        <summary>Its 88 bytes</summary>
        <Hash value={readingHex(check.window, index)} what="bytes of the reading" full />
      </details>
      <AskContract stored={stored} index={index} />
    </Card>
  );
}
