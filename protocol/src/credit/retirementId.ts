const SERIALS_PER_CREDIT = 10n ** 20n;

/** A retirement's id holds its credit and the first of its serials. */
export function splitRetirementId(id: bigint): { creditId: bigint; firstSerial: bigint } {
  return { creditId: id / SERIALS_PER_CREDIT, firstSerial: id % SERIALS_PER_CREDIT };
}
