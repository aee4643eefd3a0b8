import { registryAbi } from '@truetonne/protocol';
import type { ReactNode } from 'react';
import type { Hex } from 'viem';
import { useReadContract } from 'wagmi';
import { Link } from 'wouter';
import { useDeployment } from '../../config/index.ts';
import { Card, Icon } from '../../ui/index.ts';
import type { WindowCheck } from './checkWindow.ts';

/** `undefined` is not known (yet). */
interface CheckLine {
  readonly passed: boolean | undefined;
  readonly text: string;
}

function Line({ passed, text }: CheckLine): ReactNode {
  const word = passed === undefined ? 'Open' : passed ? 'Passed' : 'Failed';
  const tone = passed === undefined ? 'open' : passed ? 'passed' : 'failed';
  return (
    <li className={`check check-${tone}`}>
      <Icon name={passed === undefined ? 'info' : passed ? 'check' : 'close'} />
      <span>
        <span className="hidden-visually">{word}: </span>
        {text}
      </span>
    </li>
  );
}

/** `status` of the contract for a batch that it does not know. */
const BATCH_NONE = 0;

function proofLine(
  root: Hex | undefined,
  batchId: bigint | undefined,
  onChain: { readonly root: Hex; readonly status: number } | undefined,
): CheckLine {
  if (batchId === undefined) return { passed: undefined, text: 'Not in a batch yet' };
  if (root === undefined) return { passed: undefined, text: 'This oracle has no proof for it' };
  if (onChain === undefined) {
    return { passed: undefined, text: 'Asking the contract for the root …' };
  }
  if (onChain.status === BATCH_NONE) {
    return { passed: undefined, text: 'The batch is sealed and not on the chain yet' };
  }
  return onChain.root === root
    ? { passed: true, text: 'The proof leads to the root that the contract holds' }
    : { passed: false, text: 'The proof does not lead to the root that the contract holds' };
}

interface ChecksProps {
  readonly check: WindowCheck;
  readonly batchId: bigint | undefined;
}

/** What this browser itself found out about the window. */
export function Checks({ check, batchId }: ChecksProps): ReactNode {
  const { registry } = useDeployment();
  const batch = useReadContract({
    address: registry,
    abi: registryAbi,
    functionName: 'batch',
    args: [batchId ?? 0n],
    query: { enabled: batchId !== undefined },
  });
  return (
    <Card
      title="Checked in this browser"
      aside={
        batchId !== undefined && (
          <Link href={`/batches/${String(batchId)}`}>Batch {String(batchId)}</Link>
        )
      }
    >
      <ul className="checks">
        <Line passed text="The readings are those that the header commits to" />
        <Line
          passed={check.keyIsDevices}
          text="The device id is the hash of the public key on the chain"
        />
        <Line passed={check.signatureValid} text="The signature over the header is that key’s" />
        <Line {...proofLine(check.root, batchId, batch.data)} />
      </ul>
    </Card>
  );
}
