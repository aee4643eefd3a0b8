export { Chart } from './LazyChart.tsx';
export { toPixels, type ChartData, type Series } from './series.ts';
