import type { Hex } from '../../protocol/src/index.ts';

/** A public network that the contracts can be deployed to. Names as in hardhat.config.ts. */
export interface LiveNetwork {
  readonly name: 'amoy' | 'polygon';
  readonly chainId: number;
  /** Goes into the address book, since the RPC address of the deployer may hold an access key. */
  readonly publicRpcUrl: string;
  readonly rpcUrlVariable: string;
  readonly privateKeyVariable: string;
  /** Of Chainlink Functions, from its list of supported networks. */
  readonly functions: { readonly router: Hex; readonly donId: string };
}

/** Before an accreditation begins and a void is executed: time to see it, and to stop what is wrong. */
export const LIVE_NOTICE_S = 7 * 86_400;

export const LIVE_NETWORKS: readonly LiveNetwork[] = [
  {
    name: 'amoy',
    chainId: 80_002,
    publicRpcUrl: 'https://rpc-amoy.polygon.technology',
    rpcUrlVariable: 'AMOY_RPC_URL',
    privateKeyVariable: 'AMOY_PRIVATE_KEY',
    functions: {
      router: '0xC22a79eBA640940ABB6dF0f7982cc119578E11De',
      donId: 'fun-polygon-amoy-1',
    },
  },
  {
    name: 'polygon',
    chainId: 137,
    publicRpcUrl: 'https://polygon-rpc.com',
    rpcUrlVariable: 'POLYGON_RPC_URL',
    privateKeyVariable: 'POLYGON_PRIVATE_KEY',
    functions: {
      router: '0xdc2AAF042Aeff2E68B3e8E33F19e4B9fA7C73F10',
      donId: 'fun-polygon-mainnet-1',
    },
  },
];

/** Environment variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A setting that has no default. Throws with its name. */
export function getSetting(environment: Environment, variable: string): string {
  const value = environment[variable];
  if (value === undefined || value === '') throw new Error(`set ${variable} in the environment`);
  return value;
}
