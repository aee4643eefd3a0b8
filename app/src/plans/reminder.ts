/** How a reminder that paid time ends is shown; when it is due, the protocol says for all. */
import type { ReminderStage } from '@truetonne/protocol';
import type { Tone } from '../ui/index.ts';

export const REMINDER_TONES: Readonly<Record<ReminderStage, Tone>> = {
  info: 'plain',
  warning: 'warn',
  critical: 'bad',
  expired: 'bad',
};
