import { useEffect, useRef } from "react";
import { useWords } from "#console/words/language.tsx";
import styles from "./canned.module.css";
import type { FilledAnswer } from "./canned.ts";
import { inboxWords } from "./words.ts";

type ListProps = {
  readonly id: string;
  readonly found: readonly FilledAnswer[];
  /** Which of them the keys are at. */
  readonly at: number;
  readonly onTake: (one: FilledAnswer) => void;
};

/** Canned answers to choose from, above the field that keeps the focus. The one that keys are at is shown whole. */
export const CannedList = ({ id, found, at, onTake }: ListProps) => {
  const { words } = useWords(inboxWords);
  return (
    <div id={id} role="listbox" aria-label={words.canned} className={styles.list}>
      {found.map((one, index) => (
        <Option
          key={one.name}
          id={`${id}-${index}`}
          one={one}
          isChosen={index === at}
          onTake={() => onTake(one)}
        />
      ))}
    </div>
  );
};

const Option = ({
  id,
  one: { title, text, language },
  isChosen,
  onTake,
}: {
  readonly id: string;
  readonly one: FilledAnswer;
  readonly isChosen: boolean;
  readonly onTake: () => void;
}) => {
  const { words } = useWords(inboxWords);
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isChosen) place.current?.scrollIntoView({ block: "nearest" });
  }, [isChosen]);
  return (
    <div
      ref={place}
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={isChosen}
      aria-disabled={text === null ? true : undefined}
      className={styles.one}
      onMouseDown={(event) => {
        // The field keeps the focus: the list is a part of it.
        event.preventDefault();
        onTake();
      }}
    >
      <strong>{title}</strong>
      <span className={styles.said} dir="auto" lang={language}>
        {text ?? words.cannotFill}
      </span>
    </div>
  );
};
