import {
  BarController,
  BarElement,
  CategoryScale,
  Chart as ChartJs,
  Filler,
  Legend,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  Tooltip,
  type ChartConfiguration,
} from 'chart.js';
import { useEffect, useRef, type ReactNode } from 'react';
import { useTheme } from '../theme.ts';
import { readPalette, type Palette } from './palette.ts';
import type { ChartData } from './series.ts';

ChartJs.register(
  BarController,
  BarElement,
  CategoryScale,
  Filler,
  Legend,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  Tooltip,
);
ChartJs.defaults.font.family = "'Open Sans', system-ui, sans-serif";

interface ChartProps {
  readonly kind: 'bar' | 'line';
  /** What a person who can't see the drawing is told. */
  readonly description: string;
  readonly data: ChartData;
  /** Bars of one label stand on each other: their sum means something. */
  readonly stacked?: boolean;
}

function scales({ text, grid }: Palette, unit: string, stacked: boolean) {
  return {
    x: {
      stacked,
      grid: { display: false },
      ticks: { color: text, maxRotation: 0, autoSkip: true, maxTicksLimit: 6 },
    },
    y: {
      stacked,
      beginAtZero: true,
      grid: { color: grid },
      border: { display: false },
      ticks: { color: text, maxTicksLimit: 6 },
      title: { display: true, text: unit, color: text },
    },
  };
}

function configure(
  { kind, data, stacked = false }: ChartProps,
  palette: Palette,
): ChartConfiguration<'bar' | 'line', number[], string> {
  return {
    type: kind,
    data: {
      labels: [...data.labels],
      datasets: data.series.map(({ label, values }, index) => {
        const colour = palette.series[index % palette.series.length] ?? palette.text;
        return {
          label,
          data: [...values],
          borderColor: colour,
          backgroundColor: kind === 'bar' ? colour : palette.fill,
          fill: kind === 'line',
          borderWidth: kind === 'bar' ? 0 : 2,
          borderRadius: 5,
          maxBarThickness: 42,
          pointRadius: 0,
          pointHitRadius: 12,
          tension: 0.25,
        };
      }),
    },
    options: {
      responsive: true,
      maintainAspectRatio: false,
      animation: false,
      interaction: { mode: 'index', intersect: false },
      scales: scales(palette, data.unit, stacked),
      plugins: {
        legend: {
          display: data.series.length > 1,
          position: 'bottom',
          labels: { color: palette.text, boxWidth: 12, boxHeight: 12 },
        },
      },
    },
  };
}

/** Draws bars or lines; redrawn when data or theme change. */
export function Chart(props: ChartProps): ReactNode {
  const canvas = useRef<HTMLCanvasElement>(null);
  const chart = useRef<ChartJs<'bar' | 'line', number[], string>>(undefined);
  const theme = useTheme();
  const { kind, data, description, stacked = false } = props;
  useEffect(() => {
    const element = canvas.current;
    const host = element?.parentElement;
    if (!element || !host) return;
    const config = configure({ kind, data, description, stacked }, readPalette(host));
    if (chart.current === undefined) {
      chart.current = new ChartJs(element, config);
      return;
    }
    chart.current.data = config.data;
    if (config.options !== undefined) chart.current.options = config.options;
    chart.current.update('none');
  }, [kind, data, description, stacked, theme]);
  useEffect(
    () => () => {
      chart.current?.destroy();
      chart.current = undefined;
    },
    [],
  );
  return (
    <div className="chart">
      <canvas ref={canvas} role="img" aria-label={description} />
    </div>
  );
}
