export * from './anchors.ts';
export * from './energy.ts';
export * from './order.ts';
export * from './permit.ts';
export * from './plans.ts';
export * from './recourse.ts';
export * from './registry.ts';
export type { SubscriptionSource } from './source.ts';
export * from './subscription.ts';
