export { BatchStanding } from './BatchStanding.tsx';
export { useBatchStates } from './BatchState.tsx';
export { ReviewPage } from './ReviewPage.tsx';
export { ReviewsPage } from './ReviewsPage.tsx';
