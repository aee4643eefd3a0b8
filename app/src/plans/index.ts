export * from './loyalty.ts';
export { PlanSections } from './PlanSections.tsx';
export * from './season.ts';
export { WhereSold } from './WhereSold.tsx';
export * from './words.ts';
