import { useEffect, useRef, useState } from "react";
import { Button } from "#console/ui/button.tsx";
import { useWords } from "#console/words/language.tsx";
import { type EntriesProps, Entry, EntrySet } from "./entries.tsx";
import { useForm } from "./form-context.ts";
import { formWords } from "./form-words.ts";
import styles from "./forms.module.css";
import { addItem, blankOf, itemsIn } from "./place.ts";

type By = -1 | 1;

/** An id for each item, which goes with it when it moves: an entry that is open stays open in its new place. */
const useIds = (count: number) => {
  const next = useRef(0);
  const ids = useRef<number[]>([]);
  while (ids.current.length < count) {
    ids.current.push(next.current);
    next.current += 1;
  }
  ids.current.length = count;
  return {
    ids: ids.current,
    swap: (one: number, other: number): void => {
      const [first = 0, second = 0] = [ids.current[one], ids.current[other]];
      ids.current[one] = second;
      ids.current[other] = first;
    },
    drop: (at: number): void => void ids.current.splice(at, 1),
  };
};

/** Entries of a list: each may be opened, moved and taken away. */
export const ListEntries = ({ label, place, shape, children }: EntriesProps<"list">) => {
  const { words } = useWords(formWords);
  const { edit, readOnly } = useForm();
  const [opened, setOpened] = useState<number | null>(null);
  const [said, setSaid] = useState("");
  const items = itemsIn(place, edit);
  const { ids, swap, drop } = useIds(items.length);
  const wanted = useRef<readonly string[]>([]);
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // What is moved on the page loses the focus, and whoever moved it may want to move it on.
    const buttons = wanted.current.flatMap(
      (name) => list.current?.querySelector<HTMLButtonElement>(`[data-moves="${name}"]`) ?? [],
    );
    wanted.current = [];
    buttons.find(({ disabled }) => !disabled)?.focus();
  });
  const add = (): void => {
    addItem(place, blankOf(shape.entry), edit);
    setOpened(items.length);
  };
  const move = (index: number, by: By): void => {
    const id = ids[index];
    swap(index, index + by);
    wanted.current = [`${id} ${by}`, `${id} ${-by}`];
    setSaid(words.moved(index + by + 1, items.length));
    edit({ kind: "move", path: [...place.path, index], by });
  };
  return (
    <EntrySet label={label} place={place}>
      <div ref={list} className={styles.items}>
        {items.map((item, index) => (
          <Entry
            key={ids[index]}
            title={`${index + 1}`}
            place={{
              ...item,
              remove: () => {
                drop(index);
                item.remove();
              },
            }}
            fields={children}
            group={shape.entry}
            // One of two fields is read at once.
            isOpen={opened === index || shape.entry.fields.length <= 2}
            acts={
              items.length > 1 && (
                <Moves id={ids[index]} place={index} count={items.length} onMove={(by) => move(index, by)} />
              )
            }
          />
        ))}
      </div>
      {!readOnly && (
        <div>
          <Button onClick={add} aria-label={words.addName(label)}>
            {words.addEntry}
          </Button>
        </div>
      )}
      <span className="unseen" role="status">
        {said}
      </span>
    </EntrySet>
  );
};

type MovesProps = {
  readonly id: number | undefined;
  readonly place: number;
  readonly count: number;
  readonly onMove: (by: By) => void;
};

const Moves = ({ id, place, count, onMove }: MovesProps) => {
  const { words } = useWords(formWords);
  const title = `${place + 1}`;
  return (
    <>
      <Button
        look="plain"
        data-moves={`${id} -1`}
        aria-label={words.moveUp(title)}
        disabled={place === 0}
        onClick={() => onMove(-1)}
      >
        {words.up}
      </Button>
      <Button
        look="plain"
        data-moves={`${id} 1`}
        aria-label={words.moveDown(title)}
        disabled={place === count - 1}
        onClick={() => onMove(1)}
      >
        {words.down}
      </Button>
    </>
  );
};
