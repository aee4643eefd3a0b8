export * from './loyalty.ts';
export { ReminderNotice } from './ReminderNotice.tsx';
export * from './season.ts';
export { WhereSold } from './WhereSold.tsx';
export * from './words.ts';
