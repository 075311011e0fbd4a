import { DropdownMenu } from "radix-ui";
import type { ReactNode } from "react";
import { Kbd } from "./kbd.tsx";
import styles from "./menu.module.css";

/** What may be done with something, behind the button that is given as `trigger`. */
export const Menu = ({
  trigger,
  label,
  children,
}: {
  readonly trigger: ReactNode;
  readonly label?: string;
  readonly children: ReactNode;
}) => (
  <DropdownMenu.Root modal={false}>
    <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
    {/* Within the page's content: what stands outside of every landmark is passed over by those who go from one to the next. */}
    <DropdownMenu.Portal container={document.getElementById("content")}>
      <DropdownMenu.Content className={styles.menu} align="start" sideOffset={4} collisionPadding={8}>
        {label !== undefined && <DropdownMenu.Label className={styles.label}>{label}</DropdownMenu.Label>}
        {children}
      </DropdownMenu.Content>
    </DropdownMenu.Portal>
  </DropdownMenu.Root>
);

export const MenuItem = ({
  keys,
  onSelect,
  children,
}: {
  readonly keys?: string;
  readonly onSelect: () => void;
  readonly children: ReactNode;
}) => (
  <DropdownMenu.Item className={styles.item} onSelect={onSelect}>
    <span>{children}</span>
    {keys !== undefined && <Kbd keys={keys} />}
  </DropdownMenu.Item>
);

/** One of several that exclude each other. */
export const MenuChoice = ({
  chosen,
  onSelect,
  children,
}: {
  readonly chosen: boolean;
  readonly onSelect: () => void;
  readonly children: ReactNode;
}) => (
  <DropdownMenu.CheckboxItem className={styles.item} checked={chosen} onSelect={onSelect}>
    <span>{children}</span>
    <DropdownMenu.ItemIndicator>✓</DropdownMenu.ItemIndicator>
  </DropdownMenu.CheckboxItem>
);

export const MenuSeparator = () => <DropdownMenu.Separator className={styles.separator} />;
