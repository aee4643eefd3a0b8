export { ActivitiesPage } from './ActivitiesPage.tsx';
export { ActivityPage } from './ActivityPage.tsx';
export { ChangeActivityPage } from './ChangeActivityPage.tsx';
export { ExplainedLines } from './ExplainedLines.tsx';
export { FactorChoice } from './FactorChoice.tsx';
export { NewActivityPage } from './NewActivityPage.tsx';
