export { InWorkspace } from './InWorkspace.tsx';
export { SupplierName, WorkspaceName } from './names.tsx';
export { NewOrganisationPage } from './NewOrganisationPage.tsx';
export { OrganisationPage, useOrganisation } from './OrganisationPage.tsx';
export { isAdmin, isEditor, roleName } from './roles.ts';
export { SettingsPage } from './SettingsPage.tsx';
export { WithFeature } from './WithFeature.tsx';
