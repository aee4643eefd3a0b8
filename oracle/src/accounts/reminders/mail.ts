import { createTransport } from 'nodemailer';

export interface MailConfig {
  /** `smtp://` or `smtps://`, with user name and password where the server asks for them. */
  readonly smtpUrl: string;
  /** Sender, as `TrueTonne <no-reply@example.org>`. */
  readonly from: string;
}

interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** The same for each try, so that a mailbox may see that it has it already (RFC 5322, 3.6.4). */
  readonly messageId: string;
}

/** Hands mail to the operator's server. */
export interface Mailer {
  /** Throws what the server says when it does not take the mail. */
  readonly send: (mail: Mail) => Promise<void>;
  readonly close: () => void;
}

const TIMEOUT_MS = 10_000;

export function createMailer({ smtpUrl, from }: MailConfig): Mailer {
  const timeouts = { connectionTimeout: TIMEOUT_MS, greetingTimeout: TIMEOUT_MS };
  const transport = createTransport({ url: smtpUrl, ...timeouts, socketTimeout: TIMEOUT_MS });
  return {
    async send(mail) {
      // An object: an address is never read as a list of addresses.
      const to = { name: '', address: mail.to };
      await transport.sendMail({
        ...mail,
        from,
        to,
        disableFileAccess: true,
        disableUrlAccess: true,
      });
    },
    close: () => {
      transport.close();
    },
  };
}
