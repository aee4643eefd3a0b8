/** Hooks over energy certificates. */
import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { Address } from 'viem';
import { usePublicClient } from 'wagmi';
import {
  fetchCancellation,
  fetchCancellationOf,
  fetchCancellations,
  fetchCertificateBalances,
  fetchEnergyBatches,
  fetchMintOf,
  type Batch,
  type Cancellation,
  type CertificateBalance,
} from '../api/indexer/index.ts';
import { fetchCancellationRecord, type CancellationRecord } from '../chain/index.ts';
import { useDeployment } from '../config/index.ts';
import { orNull, useIndexed, useIndexedPages, type Pages } from './indexed.ts';
import { ON_CHAIN } from './onChain.ts';

/** Certificates in a wallet with the name of what they are of. */
export interface HeldCertificates extends CertificateBalance {
  /** "Desert Sun, electricity of 2024". */
  readonly name: string;
}

export function certificateName(row: Pick<CertificateBalance, 'certificateId' | 'certificate'>) {
  const { certificateId, certificate } = row;
  if (certificate === undefined) return `Certificate ${String(certificateId)}`;
  const { project, projectId, vintage } = certificate;
  return `${project?.name ?? `Project ${projectId}`}, electricity of ${vintage}`;
}

export function useCertificateBalances(
  account: Address,
): UseQueryResult<readonly HeldCertificates[]> {
  return useIndexed(['certificateBalances', account], async (url) =>
    (await fetchCertificateBalances(url, account)).map((row) => ({
      ...row,
      name: certificateName(row),
    })),
  );
}

export function useCancellations(account?: Address): Pages<Cancellation> {
  return useIndexedPages(['cancellations', account ?? ''], (url, after) =>
    fetchCancellations(url, account, after),
  );
}

export function useCancellationOf(
  certificateId: bigint,
  serial: bigint,
): UseQueryResult<Cancellation | null> {
  return useIndexed(['cancellationOf', String(certificateId), String(serial)], (url) =>
    orNull(fetchCancellationOf(url, certificateId, serial)),
  );
}

/** The batch with which a certificate was minted. */
export function useMintOf(certificateId: bigint, serial: bigint): UseQueryResult<Batch | null> {
  return useIndexed(['mintOf', String(certificateId), String(serial)], (url) =>
    orNull(fetchMintOf(url, certificateId, serial)),
  );
}

export function useCancellation(id: bigint): UseQueryResult<Cancellation | null> {
  return useIndexed(['cancellation', String(id)], (url) => orNull(fetchCancellation(url, id)));
}

/** The same as the contract itself has it. */
export function useCancellationRecord(id: bigint): UseQueryResult<CancellationRecord> {
  const { energyCertificate } = useDeployment();
  const client = usePublicClient();
  return useQuery({
    queryKey: [ON_CHAIN, 'cancellation', String(id)],
    queryFn: () => {
      if (client === undefined) throw new Error('The chain of this deployment is not configured');
      return fetchCancellationRecord(client, energyCertificate, id);
    },
    retry: false,
  });
}

/** Where the certificates of a project and year came from. */
export function useEnergyBatches(
  projectId: number,
  vintage: number,
): UseQueryResult<readonly Batch[]> {
  return useIndexed(['energyBatches', projectId, vintage], (url) =>
    fetchEnergyBatches(url, projectId, vintage),
  );
}
