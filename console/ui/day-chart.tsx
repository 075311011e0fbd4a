import { useEffect, useRef } from "react";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { everywhere } from "#console/words/everywhere.ts";
import { useWords } from "#console/words/language.tsx";
import styles from "./day-chart.module.css";

type Tone = "accent" | "good" | "even";
const HEIGHT = 176;
const COLOURS: Readonly<Record<Tone, string>> = {
  accent: "var(--accent)",
  good: "var(--good)",
  even: "var(--line-strong)",
};

/** A colour of the style sheet as a canvas takes it. */
const painted = (place: Element, colour: string): string => {
  const probe = document.createElement("span");
  probe.style.color = colour;
  place.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
};

/** Figures day by day as lines. The same figures stand in a table beside it, for those who do not see lines. */
export const DayChart = ({
  label,
  days,
  series,
}: {
  readonly label: string;
  readonly days: readonly string[];
  readonly series: readonly {
    readonly name: string;
    readonly values: readonly number[];
    readonly tone: Tone;
  }[];
}) => {
  const { formats } = useWords(everywhere);
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const { current } = place;
    if (current === null) return;
    const draw = (): uPlot => {
      const ink = painted(current, "var(--text-quiet)");
      const hairline = painted(current, "var(--line)");
      const axis = {
        stroke: ink,
        font: "11px sans-serif",
        grid: { stroke: hairline, width: 1 },
        ticks: { show: false },
      };
      return new uPlot(
        {
          width: current.clientWidth,
          height: HEIGHT,
          legend: { show: false },
          cursor: { show: false },
          scales: { x: { time: false } },
          axes: [
            { ...axis, grid: { show: false }, values: (_, places) => places.map((at) => labelAt(at)) },
            { ...axis, size: 48, values: (_, values) => values.map((value) => formats.compact(value)) },
          ],
          series: [
            {},
            ...series.map(({ name, tone }) => ({
              label: name,
              stroke: painted(current, COLOURS[tone]),
              width: 1.75,
              points: { show: days.length < 15, size: 5 },
            })),
          ],
        },
        [days.map((_, at) => at), ...series.map(({ values }) => [...values])],
        current,
      );
    };
    const labelAt = (at: number): string => {
      const day = days[at];
      return day === undefined ? "" : formats.day(day);
    };
    let plot = draw();
    const again = (): void => {
      plot.destroy();
      plot = draw();
    };
    const resized = new ResizeObserver(() => plot.setSize({ width: current.clientWidth, height: HEIGHT }));
    resized.observe(current);
    const dark = matchMedia("(prefers-color-scheme: dark)");
    dark.addEventListener("change", again);
    return () => {
      resized.disconnect();
      dark.removeEventListener("change", again);
      plot.destroy();
    };
  }, [days, series, formats]);
  return (
    <figure>
      <p className={styles.names}>
        {series.map(({ name, tone }) => (
          <span key={name}>
            <i style={{ background: COLOURS[tone] }} />
            {name}
          </span>
        ))}
      </p>
      <div ref={place} className={styles.chart} role="img" aria-label={label} />
    </figure>
  );
};
