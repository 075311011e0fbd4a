import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";

/** A line of a chart: a figure for each day, in a colour of the style sheet. */
export type PlotLine = { readonly name: string; readonly values: readonly number[]; readonly colour: string };

export type Plot = {
  readonly lines: readonly PlotLine[];
  /** What stands under each day. */
  readonly days: readonly string[];
  readonly figure: (value: number) => string;
};

const HEIGHT = 176;
/** Names of days need so much room, or they would stand on top of each other. */
const DAY_WIDTH = 80;
/** With more days, points would touch each other. */
const MOST_POINTS = 14;

/** A colour of the style sheet as a canvas takes it. */
const painted = (place: Element, colour: string): string => {
  const probe = document.createElement("span");
  probe.style.color = colour;
  place.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
};

const drawn = (place: HTMLElement, { lines, days, figure }: Plot): uPlot => {
  const axis = {
    stroke: painted(place, "var(--text-quiet)"),
    font: "11px sans-serif",
    grid: { stroke: painted(place, "var(--line)"), width: 1 },
    ticks: { show: false },
  };
  const dayAt = (at: number): string => (Number.isInteger(at) ? (days[at] ?? "") : "");
  return new uPlot(
    {
      width: place.clientWidth,
      height: HEIGHT,
      // The names of the first and the last day stand half outside.
      padding: [8, 36, 0, 0],
      legend: { show: false },
      cursor: { show: false },
      scales: { x: { time: false }, y: { range: (_, __, most) => [0, Math.max(1, most * 1.05)] } },
      axes: [
        { ...axis, space: DAY_WIDTH, grid: { show: false }, values: (_, places) => places.map(dayAt) },
        { ...axis, size: 44, values: (_, values) => values.map(figure) },
      ],
      series: [
        {},
        ...lines.map(({ name, colour }) => ({
          label: name,
          stroke: painted(place, colour),
          width: 1.75,
          points: { show: days.length <= MOST_POINTS, size: 5 },
        })),
      ],
    },
    [days.map((_, at) => at), ...lines.map(({ values }) => [...values])],
    place,
  );
};

/** Draws a chart, and anew when its place or the look changes. Gives what takes it away. */
export const drawPlot = (place: HTMLElement, plot: Plot): (() => void) => {
  let chart = drawn(place, plot);
  const again = (): void => {
    chart.destroy();
    chart = drawn(place, plot);
  };
  const resized = new ResizeObserver(() => chart.setSize({ width: place.clientWidth, height: HEIGHT }));
  resized.observe(place);
  const worn = new MutationObserver(again);
  worn.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  const dark = matchMedia("(prefers-color-scheme: dark)");
  dark.addEventListener("change", again);
  return () => {
    resized.disconnect();
    worn.disconnect();
    dark.removeEventListener("change", again);
    chart.destroy();
  };
};
