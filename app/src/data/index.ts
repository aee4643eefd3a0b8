export * from './indexed.ts';
export * from './measured.ts';
