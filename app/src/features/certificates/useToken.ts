import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { usePublicClient } from 'wagmi';
import { useDeployment } from '../../config/index.ts';
import { ON_CHAIN } from '../../data/index.ts';
import { fetchToken, type CertificateToken } from './token.ts';

/** Picture and text of a certificate, from the chain itself. */
export function useToken(id: bigint, exists: boolean): UseQueryResult<CertificateToken> {
  const client = usePublicClient();
  const { market } = useDeployment();
  return useQuery({
    queryKey: [ON_CHAIN, 'certificate', String(id)],
    queryFn: () => {
      if (client === undefined || market === undefined) throw new Error('There are none here');
      return fetchToken(client, market.certificates, id);
    },
    enabled: exists && client !== undefined && market !== undefined,
  });
}
