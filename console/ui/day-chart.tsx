import { useEffect, useRef } from "react";
import { everywhere } from "#console/words/everywhere.ts";
import { useWords } from "#console/words/language.tsx";
import styles from "./day-chart.module.css";

/** How a line looks: what counts most in the accent, what is good in its colour, what is there to compare with in grey. */
type Tone = "accent" | "good" | "even";
const COLOURS: Readonly<Record<Tone, string>> = {
  accent: "var(--accent)",
  good: "var(--good)",
  even: "var(--line-strong)",
};

type DayChartProps = {
  readonly label: string;
  readonly days: readonly string[];
  readonly series: readonly {
    readonly name: string;
    readonly values: readonly number[];
    readonly tone: Tone;
  }[];
};

/**
 * Figures day by day as lines. The same figures stand in a table beside it, for those who do not see lines, and where the
 * chart cannot be drawn: its code comes by itself.
 */
export const DayChart = ({ label, days, series }: DayChartProps) => {
  const { formats } = useWords(everywhere);
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let remove = (): void => undefined;
    let isGone = false;
    const draw = async (): Promise<void> => {
      const { drawPlot } = await import("./day-plot.ts");
      if (isGone || place.current === null) return;
      remove = drawPlot(place.current, {
        days: days.map(formats.day),
        lines: series.map(({ tone, ...line }) => ({ ...line, colour: COLOURS[tone] })),
        figure: formats.compact,
      });
    };
    draw().catch(() => undefined);
    return () => {
      isGone = true;
      remove();
    };
  }, [days, series, formats]);
  return (
    <figure>
      <figcaption className={styles.names}>
        {series.map(({ name, tone }) => (
          <span key={name}>
            <i style={{ background: COLOURS[tone] }} />
            {name}
          </span>
        ))}
      </figcaption>
      <div ref={place} className={styles.chart} role="img" aria-label={label} />
    </figure>
  );
};
