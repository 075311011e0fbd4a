import { useEffect, useRef } from "react";
import type { EditorProps } from "./editor-props.ts";
import styles from "./text-editor.module.css";

type TextProps = EditorProps & {
  /** What somebody writes elsewhere, in a form beside it: its lines are marked, and seen. */
  readonly here?: { readonly at: number; readonly end: number };
};

const lineOf = (text: string, at: number): number => text.slice(0, at).split("\n").length;

/**
 * A file as the text that it is, with the numbers of its lines; those with findings are marked. Long lines go on below
 * themselves: behind the field stand the same lines, unseen, and give the numbers their places.
 */
export const TextEditor = ({ path, text, findings, readOnly, onText, here }: TextProps) => {
  const behind = useRef<HTMLDivElement>(null);
  const lines = text.split("\n");
  const marked = new Map(findings.map(({ line, severity }) => [line, severity]));
  const [first, last] = here === undefined ? [0, -1] : [lineOf(text, here.at), lineOf(text, here.end)];
  useEffect(() => {
    behind.current?.children.item(first - 1)?.scrollIntoView({ block: "nearest" });
  }, [first]);
  return (
    <div className={styles.editor}>
      <div className={styles.sheet}>
        <div ref={behind} aria-hidden="true">
          {lines.map((line, index) => (
            <div
              // biome-ignore lint/suspicious/noArrayIndexKey: a line is its number
              key={index}
              className={styles.line}
              data-line={index + 1}
              data-mark={marked.get(index + 1)}
              data-here={index + 1 >= first && index < last}
            >
              {line === "" ? " " : line}
            </div>
          ))}
        </div>
        <textarea
          className={styles.text}
          aria-label={path}
          value={text}
          readOnly={readOnly}
          spellCheck={false}
          onChange={(event) => onText(event.target.value)}
        />
      </div>
    </div>
  );
};
