import { dateTime } from '../../ui/index.ts';
import type { Action } from './actions.ts';

interface ActionText {
  readonly label: string;
  readonly explained: string;
  /** Can't be undone. */
  readonly danger: boolean;
}

interface Values {
  /** What would be paid back now, with its token; `undefined` where that is nothing. */
  readonly unused: string | undefined;
  /** Unix seconds. */
  readonly disputableUntil: number;
}

/** What a button says, and what it means. */
export function actionText(action: Action, { unused, disputableUntil }: Values): ActionText {
  const safe = (label: string, explained: string): ActionText => ({
    label,
    explained,
    danger: false,
  });
  switch (action) {
    case 'renew':
      return safe(
        'Renew',
        'Pay the next term or instalment now. It is added to the end: no day is lost.',
      );
    case 'change':
      return safe(
        'Change plan or period',
        'What is unused pays for the new plan first, to the second.',
      );
    case 'cancel':
      return safe(
        'Cancel',
        'Everything works for five more days, in which you can come back. What is left then stays yours.',
      );
    case 'resume':
      return safe('Come back', 'Everything is as it was, for no price.');
    case 'refund':
      return {
        label: 'Cancel at once',
        explained:
          unused === undefined
            ? 'Rights end now. Nothing comes back, as no paid time is unused.'
            : `Rights end now, and ${unused} come back to this wallet in the same transaction.`,
        danger: true,
      };
    case 'takeRest':
      return safe('Take the unused rest out', `${unused ?? 'Nothing'} are yours.`);
    case 'dispute':
      return safe(
        'Dispute the term',
        `Until ${dateTime(disputableUntil)} an arbiter can be asked to split what you paid.`,
      );
    case 'handOver':
      return safe(
        'Hand it over',
        'To another wallet of your organisation, with all its money and time.',
      );
    case 'endDispute':
      return safe('End the dispute', 'Its deadline is over: what was unused then is yours.');
  }
}
