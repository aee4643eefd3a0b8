import { domainOf } from '@truetonne/protocol';
import { useCallback, useState } from 'react';
import type { Address } from 'viem';
import { useDeployment } from '../../config/index.ts';
import { explain, type Explanation } from '../../errors/index.ts';
import { readRegistrationFile } from './readFile.ts';
import type { CheckedRecord } from './records.ts';

export type FileState =
  | { readonly step: 'none' }
  | { readonly step: 'checking'; readonly done: number; readonly total: number }
  | { readonly step: 'refused'; readonly reason: Explanation }
  | {
      readonly step: 'checked';
      readonly name: string;
      readonly records: readonly CheckedRecord[];
    };

/** Reads and checks a registration file for the wallet that will send it. */
export function useRegistrationFile(owner: Address): {
  readonly state: FileState;
  readonly take: (file: File) => void;
} {
  const { chainId, registry } = useDeployment();
  const [state, setState] = useState<FileState>({ step: 'none' });
  const take = useCallback(
    (file: File): void => {
      const place = { domain: domainOf(chainId, registry), owner };
      const read = async (): Promise<readonly CheckedRecord[]> =>
        readRegistrationFile(new Uint8Array(await file.arrayBuffer()), place, (done, total) =>
          setState({ step: 'checking', done, total }),
        );
      read().then(
        (records) => setState({ step: 'checked', name: file.name, records }),
        (error: unknown) => setState({ step: 'refused', reason: explain(error) }),
      );
    },
    [chainId, registry, owner],
  );
  return { state, take };
}
