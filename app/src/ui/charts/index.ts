export { Chart } from './LazyChart.tsx';
export { toPixels, type ChartData } from './series.ts';
