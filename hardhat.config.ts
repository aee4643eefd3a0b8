import { createRequire } from 'node:module';

import hardhatIgnitionViem from '@nomicfoundation/hardhat-ignition-viem';
import hardhatMocha from '@nomicfoundation/hardhat-mocha';
import hardhatNetworkHelpers from '@nomicfoundation/hardhat-network-helpers';
import hardhatViem from '@nomicfoundation/hardhat-viem';
import hardhatViemAssertions from '@nomicfoundation/hardhat-viem-assertions';
import { configVariable, defineConfig } from 'hardhat/config';

const { resolve } = createRequire(import.meta.url);

const compiler = {
  version: '0.8.37',
  // From npm, so that nothing is downloaded.
  path: resolve('solc/soljson.js'),
  settings: {
    // P256VERIFY (EIP-7951) is part of osaka.
    evmVersion: 'osaka',
    optimizer: { enabled: true, runs: 2_000 },
    viaIR: true,
  },
};

/** Code that counts its branches takes long: built in a quarter of the time. */
const quick = {
  ...compiler,
  settings: { ...compiler.settings, optimizer: { enabled: true, runs: 200 }, viaIR: false },
};
/** What would not fit otherwise (registry and subscriptions cost the same within 1 %), and what is long
 * rather than often called: a certificate is mostly text that views put together. */
const compact = {
  ...compiler,
  settings: { ...compiler.settings, optimizer: { enabled: true, runs: 200 } },
};
/** Both contracts of subscriptions fit with a little more, and a renewal is cheaper by it. */
const compactSales = {
  ...compiler,
  settings: { ...compiler.settings, optimizer: { enabled: true, runs: 300 } },
};
/** Code that counts its branches (`npm run coverage`) is over every limit, and never deployed. */
const instrumented = process.env['TRUETONNE_INSTRUMENTED'] !== undefined;

const profile = {
  compilers: [instrumented ? quick : compiler],
  overrides: {
    'contracts/TonneRegistry.sol': compact,
    'contracts/TonneCertificates.sol': instrumented ? quick : compact,
    'contracts/TonneSubscriptions.sol': instrumented ? quick : compactSales,
    'contracts/TonnePlans.sol': instrumented ? quick : compactSales,
  },
};

/** Lives that `npm run fuzz` asks for: hours instead of minutes. */
const deepLives = process.env['TRUETONNE_FUZZ'];

export default defineConfig({
  plugins: [
    hardhatMocha,
    hardhatViem,
    hardhatViemAssertions,
    hardhatIgnitionViem,
    hardhatNetworkHelpers,
  ],
  // One profile for everything: what is tested is what is deployed.
  solidity: { profiles: { default: profile, production: profile } },
  paths: { tests: { mocha: './test/contracts', solidity: './contracts/test' } },
  test: {
    // `npm run mutation` needs to know only whether a test fails.
    mocha: { bail: process.env['TRUETONNE_BAIL'] !== undefined },
    solidity: {
      fuzz: { runs: deepLives === undefined ? 256 : 100_000 },
      // A call that should pass and does not is a failure, not a move without effect.
      invariant: { runs: Number(deepLives ?? '256'), depth: 64, failOnRevert: true },
    },
  },
  networks: {
    default: {
      type: 'edr-simulated',
      chainType: 'l1',
      hardfork: 'osaka',
      // The chain of every test begins here, so that its periods lie in the past.
      initialDate: '2028-01-01T00:00:00Z',
      ...(instrumented
        ? { allowUnlimitedContractSize: true, blockGasLimit: 10n ** 9n, transactionGasCap: false }
        : {}),
    },
    amoy: {
      type: 'http',
      chainId: 80_002,
      url: configVariable('AMOY_RPC_URL'),
      accounts: [configVariable('AMOY_PRIVATE_KEY')],
    },
    polygon: {
      type: 'http',
      chainId: 137,
      url: configVariable('POLYGON_RPC_URL'),
      accounts: [configVariable('POLYGON_PRIVATE_KEY')],
    },
  },
});
