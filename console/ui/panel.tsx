import { type ReactNode, useId } from "react";
import styles from "./panel.module.css";

/** A part of a page, under its title; `aside` stands at the title's right. */
export const Section = ({
  title,
  aside,
  children,
}: {
  readonly title: string;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}) => {
  const id = useId();
  return (
    <section className={styles.section} aria-labelledby={id}>
      <header className={styles.head}>
        <h2 id={id}>{title}</h2>
        {aside}
      </header>
      {children}
    </section>
  );
};

/** Names and what they are, line by line. */
export const Facts = ({
  facts,
}: {
  readonly facts: readonly (readonly [name: string, value: ReactNode])[];
}) => (
  <dl className={styles.facts}>
    {facts.map(([name, value], place) => (
      // Somebody may have two addresses of one kind: the place tells them apart.
      // biome-ignore lint/suspicious/noArrayIndexKey: names repeat
      <div key={`${place} ${name}`} className={styles.fact}>
        <dt>{name}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </dl>
);
