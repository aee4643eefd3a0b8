export { SupplierPage } from './SupplierPage.tsx';
export { SuppliersPage } from './SuppliersPage.tsx';
