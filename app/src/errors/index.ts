export { explain, findWayOut, type Explanation } from './explain.ts';
