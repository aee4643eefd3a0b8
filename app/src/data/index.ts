export * from './indexed.ts';
