/** Colours of the theme as the canvas needs them: resolved, not as variables. */
export interface Palette {
  readonly series: readonly string[];
  /** Under a line. */
  readonly fill: string;
  readonly text: string;
  readonly grid: string;
}

/** Resolves a CSS colour, also one made of variables and `light-dark()`. */
function resolve(host: HTMLElement, colour: string): string {
  const probe = document.createElement('span');
  probe.style.color = colour;
  host.append(probe);
  const resolved = getComputedStyle(probe).color;
  probe.remove();
  return resolved;
}

export function readPalette(host: HTMLElement): Palette {
  return {
    series: ['var(--primary)', 'var(--amber)', 'var(--muted)'].map((c) => resolve(host, c)),
    fill: resolve(host, 'color-mix(in srgb, var(--primary) 14%, transparent)'),
    text: resolve(host, 'var(--muted)'),
    grid: resolve(host, 'var(--line)'),
  };
}
