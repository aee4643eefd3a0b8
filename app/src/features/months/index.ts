export { Months } from './Months.tsx';
