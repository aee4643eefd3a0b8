import type { SqlPoint } from './postgresProxy.ts';

/** A call to the chain: before the chain sees it, or before the oracle sees the answer. */
export interface RpcPoint {
  readonly method: string;
  readonly at: 'asked' | 'answered';
}

/** Where in its work an oracle is killed. */
export type Point =
  /** Milliseconds after it was started, ready or not. */
  | { readonly name: string; readonly kind: 'time'; readonly withinMs: number }
  /** When a device has the answer that its windows are durable. */
  | { readonly name: string; readonly kind: 'acknowledged' }
  | { readonly name: string; readonly kind: 'sql'; readonly point: SqlPoint }
  | { readonly name: string; readonly kind: 'rpc'; readonly point: RpcPoint };

const sql = (name: string, pattern: RegExp): readonly Point[] =>
  (['statement', 'commit', 'committed'] as const).map((at) => ({
    name: `${name}.${at}`,
    kind: 'sql',
    point: { pattern, at },
  }));

const rpc = (name: string, method: string): readonly Point[] =>
  (['asked', 'answered'] as const).map((at) => ({
    name: `${name}.${at}`,
    kind: 'rpc',
    point: { method, at },
  }));

const START: Point = { name: 'start', kind: 'time', withinMs: 900 };

/** From receipt to confirmation. A point that is not reached in a life ends it by the clock. */
export const POINTS: readonly [Point, ...Point[]] = [
  START,
  { name: 'anywhere', kind: 'time', withinMs: 2_500 },
  { name: 'acknowledged', kind: 'acknowledged' },
  ...sql('store', /insert into "?windows"? /i),
  ...sql('judge', /insert into "?heads"?/i),
  ...sql('seal', /insert into "?batches"?/i),
  ...sql('sign', /insert into "?transactions"?/i),
  ...rpc('estimate', 'eth_estimateGas'),
  ...rpc('send', 'eth_sendRawTransaction'),
  ...rpc('look', 'eth_getTransactionCount'),
  ...sql('confirm', /set .*"creditable_wh" =/i),
];
