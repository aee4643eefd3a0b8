export * from './schema/devices.ts';
export * from './schema/energy.ts';
export * from './schema/judging.ts';
export * from './schema/relations.ts';
export * from './schema/tables.ts';
export * from './schema/sales.ts';
export * from './schema/subscriptionRelations.ts';
export * from './schema/subscriptions.ts';
