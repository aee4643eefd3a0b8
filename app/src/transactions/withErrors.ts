import type { Abi, AbiParameter } from 'viem';

interface AbiError {
  readonly type: 'error';
  readonly name: string;
  readonly inputs: readonly AbiParameter[];
}

/** The ABI of a contract that passes on the refusals of another, so that they are understood too. */
export function withErrors<const A extends Abi>(
  abi: A,
  other: Abi,
): readonly [...A, ...AbiError[]] {
  const errors = other.flatMap((entry): AbiError[] => (entry.type === 'error' ? [entry] : []));
  return [...abi, ...errors];
}
