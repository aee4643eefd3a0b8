export { WindowPage } from './WindowPage.tsx';
