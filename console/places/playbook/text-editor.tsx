import { useEffect, useRef } from "react";
import type { EditorProps } from "./editor-props.ts";
import styles from "./text-editor.module.css";

/** A file as the text that it is, with the numbers of its lines; those with findings are marked. */
export const TextEditor = ({ path, text, findings, readOnly, onText }: EditorProps) => {
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
  return (
    <div className={styles.editor}>
      <div className={styles.numbers} aria-hidden="true">
        {lines.map((_, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line is its number
          <div key={index} data-mark={marked.get(index + 1)}>
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
