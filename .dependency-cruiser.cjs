/** Imports point down only: app, oracle, indexer, device-signer -> protocol. */
const PARTS = ['app', 'oracle', 'indexer', 'device-signer'];

/** Rooms of the oracle from the ground up: each imports from those before it only. The first two are pure. */
const FLOORS = [
  'accounting',
  'domain',
  'runtime',
  'csv',
  'rpc',
  'store',
  'metrics',
  'jobs',
  'accounts',
  'inventory',
  'metering',
  'chain',
  'transports',
  'api',
  'live',
  'service',
];

module.exports = {
  forbidden: [
    {
      name: 'protocol-imports-nothing-of-ours',
      severity: 'error',
      from: { path: '^protocol/src' },
      to: { path: '^(app|oracle|indexer|device-signer|scripts|bench|test)/' },
    },
    ...PARTS.map((part) => ({
      name: `${part}-imports-only-protocol`,
      severity: 'error',
      from: { path: `^${part}/src` },
      to: { path: `^(${PARTS.filter((other) => other !== part).join('|')}|scripts|bench|test)/` },
    })),
    {
      name: 'only-the-index-of-a-feature',
      severity: 'error',
      from: { path: '^app/src/features/([^/]+)/' },
      to: { path: '^app/src/features/([^/]+)/(?!index\\.ts)', pathNot: '^app/src/features/$1/' },
    },
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    ...FLOORS.map((room, floor) => ({
      name: `oracle-${room}-imports-what-is-below`,
      severity: 'error',
      from: { path: `^oracle/src/${room}/` },
      to: { path: `^oracle/src/(?!(${FLOORS.slice(0, floor + 1).join('|')})/)` },
    })),
    {
      name: 'domain-does-no-io',
      severity: 'error',
      from: { path: '^oracle/src/domain/' },
      to: { path: '^oracle/src/(?!domain/)' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    exclude: { path: '(\\.test\\.ts$|/dist/|/generated/)' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.js', '.mjs'],
      exportsFields: ['exports'],
    },
  },
};
