/** Whose uploads and exports this page shows: the signed-in wallet's, or this browser's own. */
import {
  useInfiniteQuery,
  useMutation,
  useQueryClient,
  type UseMutationResult,
} from '@tanstack/react-query';
import {
  fetchExports,
  fetchUploads,
  type CursorPage,
  type ExportTask,
  type Filer,
  type Upload,
} from '../api/index.ts';
import { useDeployment } from '../config/index.ts';
import type { CursorPages } from './measured.ts';
import { useSession } from './session.ts';
import { isJobUnderway, whileUnderway } from './underway.ts';

/** Where the browser keeps the token by which the oracle knows it again. */
const VISITOR = 'visitor-token';
const FILED = 'filed';
const UNDERWAY_MS = 5_000;

/** `undefined` until it is known whether somebody is signed in. */
export function useFiler(): Filer | undefined {
  const { oracleUrl } = useDeployment();
  const { data: session } = useSession();
  if (session === undefined) return undefined;
  const csrfToken = session === null || session.ended ? undefined : session.csrfToken;
  const visitorToken = window.localStorage.getItem(VISITOR) ?? undefined;
  return { oracleUrl, csrfToken, visitorToken };
}

/** Keeps the token that the oracle gives to a visitor, this once. */
export function keepVisitorToken(token: string | undefined): void {
  if (token !== undefined) window.localStorage.setItem(VISITOR, token);
}

const keyOf = (filer: Filer | undefined): readonly unknown[] => [
  FILED,
  filer?.csrfToken ?? filer?.visitorToken,
];

/** Uploads of whoever this is, the newest first. */
export function useUploads(): CursorPages<Upload> {
  return useFiled('uploads', fetchUploads);
}

/** Exports of whoever this is, the newest first. */
export function useExports(): CursorPages<ExportTask> {
  return useFiled('exports', fetchExports);
}

function useFiled<Item extends ExportTask | Upload>(
  what: string,
  fetchPage: (filer: Filer, cursor: string | undefined) => Promise<CursorPage<Item>>,
): CursorPages<Item> {
  const filer = useFiler();
  const first: string | undefined = undefined;
  return useInfiniteQuery({
    queryKey: [...keyOf(filer), what],
    queryFn: ({ pageParam }: { readonly pageParam: string | undefined }) =>
      fetchPage(getFiler(filer), pageParam),
    enabled: filer !== undefined,
    initialPageParam: first,
    getNextPageParam: ({ next }) => next,
    refetchInterval: whileUnderway(isJobUnderway, UNDERWAY_MS),
  });
}

/** Hands something in, or ends it; the lists are loaded anew. */
export function useFiling<Input, Output>(
  file: (filer: Filer, input: Input) => Promise<Output>,
): UseMutationResult<Output, Error, Input> {
  const filer = useFiler();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (input: Input) => file(getFiler(filer), input),
    onSettled: () => queryClient.invalidateQueries({ queryKey: [FILED] }),
  });
}

/** Nothing can be handed in before it is known who does. */
export function getFiler(filer: Filer | undefined): Filer {
  if (filer === undefined) throw new Error('it is not known yet who is signed in');
  return filer;
}
