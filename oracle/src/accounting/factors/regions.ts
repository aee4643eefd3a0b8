/** Regions from narrow to wide: `USA/eGRID/CAMX`, `USA/eGRID`, `USA`, `WORLD`. */
export function widening(region: string): readonly string[] {
  const parts = region.split('/');
  const steps = parts.map((_, index) => parts.slice(0, parts.length - index).join('/'));
  return region === 'WORLD' ? steps : [...steps, 'WORLD'];
}

/** Whether `inner` lies within `outer`, or is it. */
export function isWithin(inner: string, outer: string): boolean {
  return outer === 'WORLD' || inner === outer || inner.startsWith(`${outer}/`);
}
