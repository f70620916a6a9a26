import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { isDark } from '../ui/theme';
import { textOfFigure, type Figure } from './figures';

export interface Series { name: string; color: string; dash?: number[]; values: (number | null)[] }

interface Props { figure: Figure; times: number[]; series: Series[] }

const height = 150;

/** Seconds that people count in. */
const wholeTimes = [5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 36_000, 86_400];

/** One figure over time. What it shows stands in the table below too, for who cannot see it. */
export function Plot({ figure, times, series }: Props) {
  const container = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const dark = isDark.value;
  const shape = `${figure.name}|${series.map((line) => `${line.name}${line.color}`).join()}|${dark}|${times.length < 3}`;

  useEffect(() => {
    const element = container.current!;
    const made = new uPlot(options(figure, series, element.clientWidth, times.length < 3), data(times, series), element);
    plot.current = made;
    const observer = new ResizeObserver(() => made.setSize({ width: element.clientWidth, height }));
    observer.observe(element);
    return () => {
      observer.disconnect();
      made.destroy();
      plot.current = null;
    };
  }, [shape]);
  useEffect(() => plot.current?.setData(data(times, series)), [times, series]);
  return <div class="plot" ref={container} role="img" aria-label={`${figure.name} over time`} />;
}

function data(times: number[], series: Series[]): uPlot.AlignedData {
  return [times, ...series.map((line) => line.values)];
}

function options(figure: Figure, series: Series[], width: number, isShort: boolean): uPlot.Options {
  const style = getComputedStyle(document.documentElement);
  const ink = style.getPropertyValue('--muted');
  const line = style.getPropertyValue('--line');
  const font = `11.5px ${getComputedStyle(document.body).fontFamily}`;
  const axis = { stroke: ink, grid: { stroke: line, width: 1 }, ticks: { stroke: line, width: 1, size: 4 }, font };
  return {
    width,
    height,
    padding: [8, 10, 0, 0],
    legend: { show: false },
    cursor: { y: false, points: { size: 6 }, sync: { key: 'figures' } },
    scales: { x: { time: true, range: ({ data: [times] }) => spanOf(times[0] ?? 0, times[times.length - 1] ?? 0) }, y: { range: (_, low, high) => rangeOf(figure, low, high) } },
    axes: [
      { ...axis, size: 28, space: 70, values: (_, ticks) => textsOfTimes(ticks) },
      { ...axis, size: 56, space: 32, incrs: figure.unit === 'seconds' ? wholeTimes : undefined, values: (_, ticks) => ticks.map((tick) => textOfTick(tick, figure)) },
    ],
    series: [{}, ...series.map(({ name, color, dash }) => ({ label: name, stroke: color, width: 2, dash, spanGaps: true, points: { show: isShort, size: 6 } }))],
  };
}

/** A first report alone stands at the end of some minutes without any. uPlot's own bounds are not used: of a single time it makes years. */
function spanOf(low: number, high: number): [number, number] {
  return high - low < 60 ? [high - 600, high + 20] : [low, high];
}

/** From nothing, so that a small change does not look like a large one. */
function rangeOf(figure: Figure, low: number | null, high: number | null): [number, number] {
  const top = high ?? 1;
  const least = figure.unit === 'share' ? 0.05 : 1;
  return [Math.min(0, low ?? 0), figure.unit === 'share' && top > 0.5 ? 1 : Math.max(least, top * 1.1)];
}

/** Times of the day, or days where all of them begin one. */
function textsOfTimes(ticks: number[]): string[] {
  const times = ticks.map((tick) => new Date(tick * 1000));
  const areDays = times.every((time) => time.getHours() === 0 && time.getMinutes() === 0);
  return times.map((time) => areDays && times.length > 1
    ? time.toLocaleDateString('en-GB', { day: 'numeric', month: 'short' })
    : time.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' }));
}

function textOfTick(tick: number, figure: Figure): string {
  return figure.unit === 'share' ? `${Math.round(tick * 100)} %` : figure.unit === 'seconds' ? textOfFigure(tick, 'seconds') : String(Number(tick.toFixed(2)));
}
