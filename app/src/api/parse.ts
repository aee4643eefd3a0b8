/**
 * Parsers from `unknown` to a typed value. What comes over the network has no type until one of
 * these has looked at it; a mismatch names the path, so that a changed answer is found at once.
 */
import type { Address, Hex } from 'viem';

export type Parser<T> = (value: unknown, path: string) => T;

/** An answer whose shape is not the agreed one. */
export class ShapeError extends Error {
  override readonly name = 'ShapeError';
  readonly path: string;

  constructor(path: string, expected: string, value: unknown) {
    super(`${path}: expected ${expected}, got ${describe(value)}`);
    this.path = path;
  }
}

function describe(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'string') return `"${value.slice(0, 60)}"`;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return value === undefined ? 'nothing' : 'an object';
}

export const text: Parser<string> = (value, path) => {
  if (typeof value !== 'string') throw new ShapeError(path, 'text', value);
  return value;
};

/** Times, counts and sequences: below 2^53, so a `number` holds them exactly. */
export const integer: Parser<number> = (value, path) => {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value;
  if (typeof value === 'string' && /^-?\d{1,15}$/.test(value)) return Number(value);
  throw new ShapeError(path, 'an integer', value);
};

/** Energy, mass and ids: decimal text, or an integer that a `number` holds exactly. */
export const big: Parser<bigint> = (value, path) => {
  if (typeof value === 'string' && /^-?\d+$/.test(value)) return BigInt(value);
  if (typeof value === 'number' && Number.isSafeInteger(value)) return BigInt(value);
  throw new ShapeError(path, 'an integer as decimal text', value);
};

export const flag: Parser<boolean> = (value, path) => {
  if (typeof value !== 'boolean') throw new ShapeError(path, 'true or false', value);
  return value;
};

function isHex(value: unknown): value is Hex {
  return typeof value === 'string' && /^0x([0-9a-f]{2})*$/i.test(value);
}

/** Hex with its 0x; an answer without the prefix gets it. */
export const hex: Parser<Hex> = (value, path) => {
  const prefixed = typeof value === 'string' && !value.startsWith('0x') ? `0x${value}` : value;
  if (!isHex(prefixed)) throw new ShapeError(path, 'hex', value);
  return prefixed;
};

export const address: Parser<Address> = (value, path) => {
  const parsed = hex(value, path);
  if (parsed.length !== 42) throw new ShapeError(path, 'an address', value);
  return parsed;
};

export function listOf<T>(item: Parser<T>): Parser<readonly T[]> {
  return (value, path) => {
    if (!Array.isArray(value)) throw new ShapeError(path, 'a list', value);
    return value.map((element, index) => item(element, `${path}[${index}]`));
  };
}

export function oneOf<const T extends string>(...allowed: readonly T[]): Parser<T> {
  return (value, path) => {
    const found = allowed.find((candidate) => candidate === value);
    if (found === undefined) throw new ShapeError(path, allowed.join(' | '), value);
    return found;
  };
}

/** `null` and a missing field are both `undefined`; zero and empty text stay what they are. */
export function optional<T>(inner: Parser<T>): Parser<T | undefined> {
  return (value, path) => (value === null || value === undefined ? undefined : inner(value, path));
}

type Shape = Readonly<Record<string, Parser<unknown>>>;
export type Parsed<S extends Shape> = { readonly [K in keyof S]: ReturnType<S[K]> };

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Fields beyond the shape are ignored, so that an answer may grow. */
export function object<S extends Shape>(shape: S): Parser<Parsed<S>> {
  return (value, path) => {
    if (!isRecord(value)) throw new ShapeError(path, 'an object', value);
    const entries = Object.entries(shape).map(([key, parser]) => [
      key,
      parser(value[key], `${path}.${key}`),
    ]);
    // Proof: one entry per key of the shape, each made by that key's parser.
    return Object.fromEntries(entries) as Parsed<S>;
  };
}
