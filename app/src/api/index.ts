export * from './parse.ts';
export * from './problem.ts';
