/** The same list in an order that the seed alone decides (xorshift32, Marsaglia 2003; Fisher-Yates). */
export function shuffled<T>(list: readonly T[], seed: number): T[] {
  const result = [...list];
  let state = Math.max(seed >>> 0, 1);
  const next = (below: number): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
  for (let index = result.length - 1; index > 0; index--) {
    const other = next(index + 1);
    // Proof: both lie in the list.
    [result[index], result[other]] = [result[other] as T, result[index] as T];
  }
  return result;
}
