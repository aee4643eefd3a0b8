export { NewOrganisationPage } from './NewOrganisationPage.tsx';
export { SettingsPage } from './SettingsPage.tsx';
