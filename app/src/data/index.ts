export * from './devices.ts';
export * from './indexed.ts';
export * from './measured.ts';
