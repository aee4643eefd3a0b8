import { pino, stdSerializers, type Logger } from 'pino';

export type Log = Logger;

/** Logs as JSON lines on standard output. Signed transactions are long and say nothing to a reader. */
export function createLog(level: string): Log {
  return pino({
    name: 'oracle',
    level,
    redact: { paths: ['transaction.raw'], remove: true },
    serializers: { err: stdSerializers.errWithCause },
  });
}
