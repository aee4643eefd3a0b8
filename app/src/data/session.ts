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
import { fetchSession, type CursorPage, type CurrentSession, type Writer } from '../api/index.ts';
import { useDeployment } from '../config/index.ts';
import type { CursorPages } from './measured.ts';

const SESSION = ['session'];
/** Whether this browser signed in: the cookie itself can't be seen from here. */
const SIGNED_IN = 'signed-in';
/** Every key of somebody's own things begins with this. */
const OWN = 'own';
const UNDERWAY_MS = 1_500;

/** `null`: nobody is signed in. */
export function useSession(): UseQueryResult<CurrentSession | null> {
  const { oracleUrl } = useDeployment();
  return useQuery({
    queryKey: SESSION,
    // A visitor is not asked about: the refusal would stand in the browser's console as an error.
    queryFn: async () => {
      if (window.localStorage.getItem(SIGNED_IN) === null) return null;
      const session = await fetchSession(oracleUrl);
      noteSignedIn(session);
      return session;
    },
    staleTime: 60_000,
  });
}

function noteSignedIn(session: CurrentSession | null): void {
  if (session === null) window.localStorage.removeItem(SIGNED_IN);
  else window.localStorage.setItem(SIGNED_IN, 'yes');
}

/** Takes a new session in; what another wallet was shown is forgotten. */
export function useKeepSession(): (session: CurrentSession | null) => void {
  const queryClient = useQueryClient();
  return (session) => {
    noteSignedIn(session);
    queryClient.removeQueries({ queryKey: [OWN] });
    queryClient.setQueryData(SESSION, session);
  };
}

/** The signed-in session of the page around. */
export const SignedInContext = createContext<CurrentSession | undefined>(undefined);

export function useSignedIn(): CurrentSession & Writer {
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
  const { oracleUrl, id } = useSignedIn();
  return useQuery({
    queryKey: [OWN, id, ...key],
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
  const { oracleUrl, id } = useSignedIn();
  const first: string | undefined = undefined;
  return useInfiniteQuery({
    queryKey: [OWN, id, ...key],
    queryFn: ({ pageParam }: { readonly pageParam: string | undefined }) =>
      load(oracleUrl, pageParam),
    initialPageParam: first,
    getNextPageParam: ({ next }) => next,
    refetchInterval: ({ state: { data } }) =>
      data?.pages.some(({ items }) => items.some(isUnderway)) === true ? UNDERWAY_MS : false,
  });
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
    onSettled: () => queryClient.invalidateQueries({ queryKey: [OWN] }),
  });
}
