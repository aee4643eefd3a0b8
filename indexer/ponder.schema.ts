export * from './schema/relations.ts';
export * from './schema/tables.ts';
