/** Hooks over who is signed in, and over what belongs to one organisation alone. */
import {
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
  type UseMutationResult,
  type UseQueryResult,
} from '@tanstack/react-query';
import { createContext, use } from 'react';
import {
  fetchSession,
  isSignedOut,
  Problem,
  type CursorPage,
  type CurrentSession,
  type Writer,
} from '../api/index.ts';
import { useDeployment } from '../config/index.ts';
import type { CursorPages } from './measured.ts';
import { whileUnderway } from './underway.ts';

const SESSION = ['session'];
/** Whether this browser signed in: the cookie itself can't be seen from here. */
const SIGNED_IN = 'signed-in';
/** Every key of somebody's own things begins with this. */
export const OWN = 'own';
const UNDERWAY_MS = 1_500;

/** A session of this page. One that ended while the page was open still tells whose it was. */
export interface PageSession extends CurrentSession {
  readonly ended: boolean;
}

/** `null`: nobody is signed in. */
export function useSession(): UseQueryResult<PageSession | null> {
  const { oracleUrl } = useDeployment();
  const queryClient = useQueryClient();
  return useQuery({
    queryKey: SESSION,
    queryFn: async (): Promise<PageSession | null> => {
      const before = queryClient.getQueryData<PageSession | null>(SESSION) ?? null;
      if (before?.ended === true) return before;
      // A visitor is not asked about: the refusal would stand in the browser's console as an error.
      if (window.localStorage.getItem(SIGNED_IN) === null) return null;
      const session = await fetchSession(oracleUrl);
      noteSignedIn(session);
      return session === null ? endedOf(before) : { ...session, ended: false };
    },
    staleTime: 60_000,
  });
}

function endedOf(session: PageSession | null): PageSession | null {
  return session === null ? null : { ...session, ended: true };
}

function noteSignedIn(session: CurrentSession | null): void {
  if (session === null) window.localStorage.removeItem(SIGNED_IN);
  else window.localStorage.setItem(SIGNED_IN, 'yes');
}

/** Takes a new session in; what another wallet was shown is forgotten. */
export function useKeepSession(): (session: CurrentSession | null) => void {
  const queryClient = useQueryClient();
  return (session) => {
    const before = queryClient.getQueryData<PageSession | null>(SESSION);
    noteSignedIn(session);
    queryClient.setQueryData(SESSION, session === null ? null : { ...session, ended: false });
    const queryKey = [OWN];
    if (session !== null && session.address === before?.address) {
      void queryClient.invalidateQueries({ queryKey });
    } else {
      queryClient.removeQueries({ queryKey });
    }
  };
}

/** The signed-in session of the page around. */
export const SignedInContext = createContext<PageSession | undefined>(undefined);

export function useSignedIn(): PageSession & Writer {
  const session = use(SignedInContext);
  const { oracleUrl } = useDeployment();
  if (session === undefined) throw new Error('useSignedIn outside of <SignedIn>');
  return { ...session, oracleUrl };
}

/** Something that only its owners see; `key` begins with the organisation it belongs to. */
export function useOwn<T>(
  key: readonly unknown[],
  load: (oracleUrl: string) => Promise<T>,
  /** Whether it changes by itself just now: then it is asked for again and again. */
  isUnderway: (data: T) => boolean = () => false,
): UseQueryResult<T> {
  const { oracleUrl, address } = useSignedIn();
  return useQuery({
    queryKey: [OWN, address, ...key],
    queryFn: () => load(oracleUrl),
    refetchInterval: ({ state: { data } }) =>
      data !== undefined && isUnderway(data) ? UNDERWAY_MS : false,
  });
}

export function useOwnPages<T>(
  key: readonly unknown[],
  load: (oracleUrl: string, cursor: string | undefined) => Promise<CursorPage<T>>,
  isUnderway: (item: T) => boolean = () => false,
): CursorPages<T> {
  const { oracleUrl, address } = useSignedIn();
  const first: string | undefined = undefined;
  return useInfiniteQuery({
    queryKey: [OWN, address, ...key],
    queryFn: ({ pageParam }: { readonly pageParam: string | undefined }) =>
      load(oracleUrl, pageParam),
    initialPageParam: first,
    getNextPageParam: ({ next }) => next,
    refetchInterval: whileUnderway(isUnderway, UNDERWAY_MS),
  });
}

/** Whoever may see the page no more keeps what stands on it, with the reason and what was typed. */
function isShutOut(error: unknown): boolean {
  return isSignedOut(error) || (error instanceof Problem && error.code === 'ORGANISATION_UNKNOWN');
}

/** A write; what it may have changed is loaded anew. */
export function useWrite<Input, Output>(
  write: (writer: Writer, input: Input) => Promise<Output>,
  onDone?: (output: Output) => void,
): UseMutationResult<Output, Error, Input> {
  const writer = useSignedIn();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (input: Input) => write(writer, input),
    onSuccess: (output) => onDone?.(output),
    onSettled: async (_output, error) => {
      if (isSignedOut(error)) queryClient.setQueryData(SESSION, endedOf);
      if (!isShutOut(error)) await queryClient.invalidateQueries({ queryKey: [OWN] });
    },
  });
}
