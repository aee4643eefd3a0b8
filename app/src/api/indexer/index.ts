export type { PageOf } from './client.ts';
export * from './devices.ts';
export * from './queries.ts';
export type { Balance, Batch, Project, ProjectMonth, Retirement } from './shapes.ts';
