import { TonneError, type ErrorCode, type ErrorDetails } from '@truetonne/protocol';

/** A refusal for the time being, with the headers that say when to come back. */
export class Limited extends TonneError {
  readonly headers: Readonly<Record<string, string>>;

  constructor(code: ErrorCode, details: ErrorDetails, headers: Limited['headers']) {
    super(code, details);
    this.headers = headers;
  }
}
