export { gunzip, gzip } from './gzip.ts';
