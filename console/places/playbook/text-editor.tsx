import { useEffect, useRef } from "react";
import type { EditorProps } from "./editor-props.ts";
import styles from "./text-editor.module.css";

type TextProps = EditorProps & {
  /** What somebody writes elsewhere, in a form beside it: its lines are marked, and seen. */
  readonly here?: { readonly at: number; readonly end: number };
};

const lineOf = (text: string, at: number): number => text.slice(0, at).split("\n").length;

/** A file as the text that it is, with the numbers of its lines; those with findings are marked. */
export const TextEditor = ({ path, text, findings, readOnly, onText, here }: TextProps) => {
  const area = useRef<HTMLTextAreaElement>(null);
  const lines = text.split("\n");
  const marked = new Map(findings.map(({ line, severity }) => [line, severity]));
  useEffect(() => {
    // It is as tall as its text: the page scrolls, and the numbers with it.
    const own = area.current;
    if (own === null) return;
    own.style.height = "auto";
    own.style.height = `${own.scrollHeight}px`;
  });
  const numbers = useRef<HTMLDivElement>(null);
  const [first, last] = here === undefined ? [0, -1] : [lineOf(text, here.at), lineOf(text, here.end)];
  useEffect(() => {
    const line = numbers.current?.children.item(first - 1);
    line?.scrollIntoView({ block: "nearest" });
  }, [first]);
  return (
    <div className={styles.editor}>
      <div ref={numbers} className={styles.numbers} aria-hidden="true">
        {lines.map((_, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line is its number
          <div key={index} data-mark={marked.get(index + 1)} data-here={index + 1 >= first && index < last}>
            {index + 1}
          </div>
        ))}
      </div>
      <textarea
        ref={area}
        className={styles.text}
        aria-label={path}
        value={text}
        readOnly={readOnly}
        spellCheck={false}
        wrap="off"
        rows={lines.length}
        onChange={(event) => onText(event.target.value)}
      />
    </div>
  );
};
