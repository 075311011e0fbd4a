import { type KeyboardEvent, type RefObject, useId, useLayoutEffect, useRef, useState } from "react";
import { type Completion, completionAt, type KnownNames, type Suggestion, taken } from "./feel-completion.ts";

const CLOSED: Completion = { from: 0, suggestions: [] };
const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };

export type Completing<Line> = {
  /** For the line in which one types. */
  readonly line: RefObject<Line | null>;
  /** Of the list, for `aria-controls`. */
  readonly id: string;
  readonly completion: Completion;
  /** Which suggestion is chosen. */
  readonly at: number;
  /** Whether the key was the list's; else it is the line's own. */
  readonly press: (event: KeyboardEvent<Line>) => boolean;
  /** Looks for names after something was typed. */
  readonly look: (text: string, caret: number) => void;
  readonly take: (suggestion: Suggestion | undefined) => void;
  readonly close: () => void;
};

/**
 * Names that may stand where one types in a rule: arrows choose, Enter takes, Escape closes, Ctrl+Space opens.
 * @param names null: what is typed is no rule
 */
export const useCompleting = <Line extends HTMLInputElement | HTMLTextAreaElement>(
  names: KnownNames | null,
  onText: (text: string) => void,
): Completing<Line> => {
  const [completion, setCompletion] = useState(CLOSED);
  const [at, setAt] = useState(0);
  const line = useRef<Line>(null);
  const caret = useRef<number | null>(null);
  const id = useId();
  const { suggestions, from } = completion;
  useLayoutEffect(() => {
    if (caret.current === null) return;
    line.current?.setSelectionRange(caret.current, caret.current);
    caret.current = null;
  });
  const close = (): void => setCompletion(CLOSED);
  const find = (text: string, place: number, isAsked: boolean): void => {
    setCompletion(names === null ? CLOSED : completionAt(text, place, names, isAsked));
    setAt(0);
  };
  const take = (suggestion: Suggestion | undefined): void => {
    const own = line.current;
    if (own === null || suggestion === undefined) return;
    const next = taken(own.value, own.selectionStart ?? own.value.length, from, suggestion);
    caret.current = next.caret;
    onText(next.text);
    close();
    own.focus();
  };
  const press = (event: KeyboardEvent<Line>): boolean => {
    if (event.nativeEvent.isComposing) return false;
    const own = event.currentTarget;
    if (event.key === " " && event.ctrlKey) find(own.value, own.selectionStart ?? 0, true);
    else if (suggestions.length === 0) return false;
    else if (event.key === "Escape") close();
    else if (event.key === "Enter") take(suggestions[at]);
    else {
      const step = STEPS[event.key];
      if (step === undefined) return false;
      setAt((at + step + suggestions.length) % suggestions.length);
    }
    event.preventDefault();
    event.stopPropagation();
    return true;
  };
  const look = (text: string, place: number): void => find(text, place, false);
  return { line, id, completion, at, press, look, take, close };
};
