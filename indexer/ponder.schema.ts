export * from './schema/devices.ts';
export * from './schema/relations.ts';
export * from './schema/tables.ts';
