import { useQuery } from "@tanstack/react-query";
import { type KeyboardEvent, type RefObject, useLayoutEffect, useRef, useState } from "react";
import { meQuery } from "#console/data/session.ts";
import { type FilledAnswer, lookingAt, matching, putInto } from "./canned.ts";
import { cannedQuery } from "./data.ts";

/** The field that canned answers are put into. */
type Field = {
  readonly conversationId: string;
  readonly text: string;
  readonly isNote: boolean;
  readonly answer: RefObject<HTMLTextAreaElement | null>;
  readonly onText: (text: string) => void;
};

/** What a slash where the caret stands looks for, what is found, and the keys that choose from it. */
export const useCanned = ({ conversationId, text, isNote, answer, onText }: Field) => {
  const me = useQuery(meQuery).data;
  const [caret, setCaret] = useState(0);
  const [chosen, setChosen] = useState(0);
  // Where somebody wanted no canned answer, a slash is a slash.
  const [givenUp, setGivenUp] = useState<number | null>(null);
  const marked = useRef<readonly [number, number] | null>(null);
  useLayoutEffect(() => {
    if (marked.current === null || text === "") return;
    answer.current?.setSelectionRange(...marked.current);
    setCaret(marked.current[1]);
    marked.current = null;
  }, [text, answer]);
  const slash = isNote ? null : lookingAt(text, caret);
  const isOpen = slash !== null && slash.from !== givenUp;
  const canned = useQuery({ ...cannedQuery(conversationId, me?.name ?? ""), enabled: isOpen });
  const all = canned.data?.items ?? [];
  const looking = isOpen && all.length > 0 ? slash : null;
  const found = looking === null ? [] : matching(all, looking.words);
  const at = Math.min(chosen, Math.max(0, found.length - 1));
  const take = (one: FilledAnswer | undefined): void => {
    if (looking === null || one?.text == null) return;
    const put = putInto(text, looking, one.text);
    marked.current = put.marked;
    onText(put.text);
    setChosen(0);
    answer.current?.focus();
  };
  /** Whether the key chose something. */
  const press = ({ key, ctrlKey, metaKey }: KeyboardEvent): boolean => {
    if (looking === null || found.length === 0 || ctrlKey || metaKey) return false;
    if (key === "ArrowDown") setChosen((at + 1) % found.length);
    else if (key === "ArrowUp") setChosen((at + found.length - 1) % found.length);
    else if (key === "Enter" || key === "Tab") take(found[at]);
    else if (key === "Escape") setGivenUp(looking.from);
    else return false;
    return true;
  };
  const moved = (to: number): void => {
    setCaret(to);
    setChosen(0);
  };
  return { looking, found, at, take, press, moved };
};
