export * from './parse.ts';
export * from './problem.ts';
export * from './oracle/index.ts';
