export { DashboardPage } from './DashboardPage.tsx';
export { ConnectionBadge, LiveProjects } from './LiveProjects.tsx';
