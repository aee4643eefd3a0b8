import { useMutation, type UseMutationResult } from '@tanstack/react-query';
import { createSiweMessage } from 'viem/siwe';
import { useConnection, useSignMessage } from 'wagmi';
import { fetchNonce, startSession, type CurrentSession } from '../../api/index.ts';
import { useDeployment } from '../../config/index.ts';
import { useKeepSession } from '../../data/index.ts';

const STATEMENT = 'Sign in to TrueTonne. This costs nothing and moves nothing.';

/** Signs the connected wallet in: EIP-4361, for this page and this chain alone. */
export function useSignIn(): UseMutationResult<CurrentSession, Error, void> {
  const { oracleUrl } = useDeployment();
  const { address } = useConnection();
  const { mutateAsync: signMessage } = useSignMessage();
  return useMutation({
    mutationFn: async () => {
      if (address === undefined) throw new Error('no wallet is connected');
      const { nonce, chainId } = await fetchNonce(oracleUrl);
      const message = createSiweMessage({
        ...{ address, chainId, nonce, statement: STATEMENT, version: '1' },
        ...{ domain: window.location.host, uri: window.location.origin, issuedAt: new Date() },
      });
      return startSession(oracleUrl, { message, signature: await signMessage({ message }) });
    },
    onSuccess: useKeepSession(),
  });
}
