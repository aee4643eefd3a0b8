export { ActivitiesPage } from './ActivitiesPage.tsx';
export { ActivityPage } from './ActivityPage.tsx';
export { NewActivityPage } from './NewActivityPage.tsx';
