import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';

interface ReceivedMail {
  readonly to: string;
  /** Head and body, as they came. */
  readonly source: string;
}

/** A real SMTP server that keeps what it takes. */
export interface MailServer {
  readonly url: string;
  readonly mails: readonly ReceivedMail[];
  /** Has it refuse so many of the next mails, for now (RFC 5321, 451). */
  readonly refuse: (count: number) => void;
  readonly refused: () => number;
  readonly stop: () => Promise<void>;
}

export async function startMailServer(): Promise<MailServer> {
  const mails: ReceivedMail[] = [];
  let toRefuse = 0;
  let refused = 0;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, { envelope }, done) {
      void text(stream).then((source) => {
        if (toRefuse > 0) {
          toRefuse -= 1;
          refused += 1;
          done(Object.assign(new Error('mailbox is busy'), { responseCode: 451 }));
          return;
        }
        for (const { address } of envelope.rcptTo) mails.push({ to: address, source });
        done();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // Proof: it listens on a port of TCP.
  const { port } = server.server.address() as AddressInfo;
  return {
    ...{ url: `smtp://127.0.0.1:${port}`, mails },
    refuse: (count) => {
      toRefuse = count;
    },
    refused: () => refused,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
      }),
  };
}
