export { BrokenReferral } from './BrokenReferral.tsx';
export { reasonHashOf } from './dispute.ts';
export * from './loyalty.ts';
export { REMINDER_TONES } from './reminder.ts';
export { ReminderNotice } from './ReminderNotice.tsx';
export * from './season.ts';
export { WhereSold } from './WhereSold.tsx';
export * from './words.ts';
