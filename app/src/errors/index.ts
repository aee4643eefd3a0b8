export { explain, explainRevert, type Explanation } from './explain.ts';
