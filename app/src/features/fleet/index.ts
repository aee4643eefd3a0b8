export { FleetPage } from './FleetPage.tsx';
