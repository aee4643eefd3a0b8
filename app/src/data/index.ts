export * from './chainClock.ts';
export * from './devices.ts';
export * from './fleet.ts';
export * from './indexed.ts';
export * from './measured.ts';
export * from './onChain.ts';
export * from './session.ts';
export * from './subscriptions.ts';
