import type { ReactNode } from "react";
import styles from "./figures.module.css";
import { Sparkline } from "./sparkline.tsx";

/** A number worth a look: what it counts, what it is, what to compare it with. */
export type Figure = {
  readonly name: string;
  readonly value: string;
  readonly said?: ReactNode;
  /** How it came about, day by day. */
  readonly days?: readonly number[];
};

export const Figures = ({ figures }: { readonly figures: readonly Figure[] }) => (
  <dl className={styles.figures}>
    {figures.map(({ name, value, said, days }) => (
      <div key={name} className={styles.figure}>
        <dt className={styles.name}>{name}</dt>
        <dd className={styles.value}>{value}</dd>
        {said !== undefined && <dd className={styles.said}>{said}</dd>}
        {days !== undefined && (
          <dd>
            <Sparkline values={days} />
          </dd>
        )}
      </div>
    ))}
  </dl>
);
