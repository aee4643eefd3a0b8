import { connect, createServer, type Socket } from 'node:net';

/**
 * A point in what an oracle says to its database. `pattern` is looked for in the text of statements;
 * the point is reached by the statement itself, by the COMMIT of a transaction with such a statement
 * before the server sees it, or by the server's answer to that COMMIT before the oracle sees it.
 */
export interface SqlPoint {
  readonly pattern: RegExp;
  readonly at: 'statement' | 'commit' | 'committed';
}

/** Stands between an oracle and PostgreSQL. */
export interface PostgresProxy {
  /** The URL of a database, led through here. */
  readonly lead: (databaseUrl: string) => string;
  /** Calls `reached` once, at the next time the point is reached; everything then in transit is cut. */
  readonly arm: (
    trap: { readonly point: SqlPoint; readonly reached: () => void } | undefined,
  ) => void;
  readonly stop: () => Promise<void>;
}

/** Message `Q` with the text COMMIT: PostgreSQL manual, "Message Formats". */
const COMMIT = Buffer.from('Q\0\0\0\x0bCOMMIT\0', 'latin1');
const ROLLBACK = Buffer.from('ROLLBACK\0', 'latin1');

type Trap = NonNullable<Parameters<PostgresProxy['arm']>[0]>;

export async function startPostgresProxy(upstreamUrl: string): Promise<PostgresProxy> {
  const { hostname, port } = new URL(upstreamUrl);
  let trap: Trap | undefined;
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(Number(port), hostname);
    const cut = (): void => {
      client.destroy();
      upstream.destroy();
    };
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', cut);
      socket.on('close', () => {
        sockets.delete(socket);
        cut();
      });
    }
    const spring = (sprung: Trap): void => {
      trap = undefined;
      sprung.reached();
      cut();
    };
    let touched: Trap | undefined;
    let committing: Trap | undefined;
    client.on('data', (chunk: Buffer) => {
      if (trap !== undefined && trap.point.pattern.test(chunk.toString('latin1'))) touched = trap;
      // A trap of the life before is none any more.
      if (touched !== trap) touched = undefined;
      if (touched?.point.at === 'statement') {
        spring(touched);
        return;
      }
      if (touched !== undefined && chunk.includes(COMMIT)) {
        if (touched.point.at === 'commit') {
          spring(touched);
          return;
        }
        committing = touched;
      }
      if (chunk.includes(ROLLBACK)) touched = undefined;
      upstream.write(chunk);
    });
    upstream.on('data', (chunk: Buffer) => {
      if (committing !== undefined && committing === trap) spring(committing);
      else client.write(chunk);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    lead(databaseUrl) {
      const led = new URL(databaseUrl);
      led.hostname = '127.0.0.1';
      led.port = String(address.port);
      return led.href;
    },
    arm: (next) => {
      trap = next;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
