export type { PageOf } from './client.ts';
export * from './devices.ts';
export * from './judging.ts';
export * from './market.ts';
export type { ListingRow, Sale } from './marketShapes.ts';
export * from './queries.ts';
export * from './subscriptions.ts';
export type { Balance, Batch, Project, ProjectMonth, Retirement } from './shapes.ts';
