export type { PageOf } from './client.ts';
export * from './queries.ts';
export type { Balance, Batch, Device, Project, ProjectMonth, Retirement } from './shapes.ts';
