import { useEffect } from 'react';
import { useLocation, useSearchParams } from 'wouter';
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
  /** Goes to another one: what else the address says is of the one before, also which of its things. */
  readonly choose: (id: string) => void;
} {
  const [parameters] = useSearchParams();
  const [path, go] = useLocation();
  const choose = (id: string): void => {
    rememberOrganisation(id);
    go(`${listOf(path)}?${PARAMETER}=${id}`, { replace: true });
  };
  return { named: parameters.get(PARAMETER), choose };
}

/** "/activities/12/change" is of the list "/activities", and a page of no single thing of itself. */
function listOf(path: string): string {
  return path.replace(/\/(\d+|[0-9a-f-]{36})(\/\w+)?$/, '');
}

/** Says in the address which organisation a page shows that was opened without one. */
export function useNaming(shown: string | undefined): void {
  const [parameters, setParameters] = useSearchParams();
  const isNamed = parameters.has(PARAMETER);
  useEffect(() => {
    if (shown === undefined || isNamed) return;
    const name = (before: URLSearchParams): URLSearchParams => {
      const next = new URLSearchParams(before);
      next.set(PARAMETER, shown);
      return next;
    };
    setParameters(name, { replace: true });
  }, [shown, isNamed, setParameters]);
}

/**
 * Links of the navigation name none: they lead to the one that was seen last, in this tab where one was,
 * as another tab may show another one's books.
 */
export function rememberOrganisation(id: string): void {
  window.sessionStorage.setItem(REMEMBERED, id);
  window.localStorage.setItem(REMEMBERED, id);
}

export function rememberedOrganisation(): string | null {
  return window.sessionStorage.getItem(REMEMBERED) ?? window.localStorage.getItem(REMEMBERED);
}
