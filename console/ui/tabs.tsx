import { Tabs as Radix } from "radix-ui";
import type { ReactNode } from "react";
import styles from "./tabs.module.css";

type TabsProps<Name extends string> = {
  readonly label: string;
  readonly value: Name;
  readonly onChange: (value: Name) => void;
  readonly tabs: readonly { readonly name: Name; readonly title: string; readonly panel: ReactNode }[];
};

/** Views of one thing, of which one is seen. The arrows go from tab to tab. */
export const Tabs = <Name extends string>({ label, value, onChange, tabs }: TabsProps<Name>) => (
  <Radix.Root value={value} onValueChange={(name) => onChange(name as Name)}>
    <Radix.List className={styles.list} aria-label={label}>
      {tabs.map(({ name, title }) => (
        <Radix.Trigger key={name} value={name} className={styles.tab}>
          {title}
        </Radix.Trigger>
      ))}
    </Radix.List>
    {tabs.map(({ name, panel }) => (
      <Radix.Content key={name} value={name} className={styles.panel}>
        {panel}
      </Radix.Content>
    ))}
  </Radix.Root>
);
