export { NewProjectPage } from './NewProjectPage.tsx';
export { ValidationCard } from './ValidationCard.tsx';
