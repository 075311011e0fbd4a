import styles from "./outcomes.module.css";

type Interval = { readonly low: number; readonly high: number };
const WIDTH = 144;
const MIDDLE = 8;

/** Where a difference may lie, beside the line of no difference. All of a table's have one scale. */
export const IntervalBar = ({
  difference,
  interval,
  most,
}: {
  readonly difference: number;
  readonly interval: Interval;
  /** The largest distance from zero that is drawn. */
  readonly most: number;
}) => {
  const at = (value: number): number =>
    WIDTH / 2 + (Math.max(-most, Math.min(most, value)) / most) * (WIDTH / 2 - 4);
  const tone = interval.low > 0 ? "var(--good)" : interval.high < 0 ? "var(--bad)" : "var(--even)";
  return (
    <svg className={styles.interval} viewBox={`0 0 ${WIDTH} 16`} aria-hidden="true">
      <line x1={WIDTH / 2} x2={WIDTH / 2} y1="1" y2="15" stroke="var(--line-strong)" strokeDasharray="2 2" />
      <line
        x1={at(interval.low)}
        x2={at(interval.high)}
        y1={MIDDLE}
        y2={MIDDLE}
        stroke={tone}
        strokeWidth="2"
      />
      <circle cx={at(difference)} cy={MIDDLE} r="3.5" fill={tone} />
    </svg>
  );
};
