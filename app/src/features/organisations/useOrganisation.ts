import { useSearchParams } from 'wouter';
import type { Membership } from '../../api/index.ts';

const PARAMETER = 'organisation';
const REMEMBERED = 'truetonne.organisation';

/** The organisation that the address names, else the one seen last, else the first. */
export function chooseOrganisation(
  memberships: readonly Membership[],
  named: string | null,
  remembered: string | null,
): Membership | undefined {
  const find = (id: string | null): Membership | undefined =>
    memberships.find((one) => one.id === id);
  // A link to somebody else's organisation must not open one's own instead.
  if (named !== null) return find(named);
  return find(remembered) ?? memberships[0];
}

/** The organisation in the address, so that a page can be shared, and how to change it. */
export function useNamedOrganisation(): {
  readonly named: string | null;
  readonly choose: (id: string) => void;
} {
  const [parameters, setParameters] = useSearchParams();
  const choose = (id: string): void => {
    rememberOrganisation(id);
    setParameters(new URLSearchParams({ [PARAMETER]: id }), { replace: true });
  };
  return { named: parameters.get(PARAMETER), choose };
}

/** Links of the navigation name none: they lead to the one that was seen last. */
export function rememberOrganisation(id: string): void {
  window.localStorage.setItem(REMEMBERED, id);
}

export function rememberedOrganisation(): string | null {
  return window.localStorage.getItem(REMEMBERED);
}
