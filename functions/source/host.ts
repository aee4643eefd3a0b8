/** What the Functions sandbox gives a source. */
export interface FunctionsHost {
  readonly makeHttpRequest: (request: {
    readonly url: string;
    readonly method?: 'get' | 'post';
    readonly headers?: Readonly<Record<string, string>>;
    readonly data?: Readonly<Record<string, unknown>>;
    readonly timeout?: number;
    readonly responseType?: 'json' | 'arraybuffer';
  }) => Promise<HttpAnswer>;
}

export interface HttpAnswer {
  readonly error: boolean;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly data?: unknown;
}

/** Longest that a query may take, ms (Chainlink Functions, service limits). */
export const QUERY_MS = 9_000;
