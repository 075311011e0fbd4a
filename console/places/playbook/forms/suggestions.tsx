import { type CSSProperties, useEffect } from "react";
import { createPortal } from "react-dom";
import { classes } from "#console/ui/classes.ts";
import type { Completing } from "./completing.ts";
import styles from "./forms.module.css";

type Line = HTMLInputElement | HTMLTextAreaElement;
type SuggestionsProps = {
  readonly label: string;
  readonly completing: Pick<Completing<Line>, "id" | "completion" | "at" | "take">;
};

/** The list of names below the field in which one types. */
export const Suggestions = ({ label, completing }: SuggestionsProps) => (
  <List label={label} completing={completing} className={styles.suggestions} />
);

/** As high as the list may become, in pixels. */
const HIGHEST = 256;

/** Below the line, or above it where there is no room. */
const placeBeside = (line: Line): CSSProperties => {
  const { left, top, bottom, width } = line.getBoundingClientRect();
  const isBelow = bottom + HIGHEST < innerHeight || top < HIGHEST;
  return { left, minWidth: width, ...(isBelow ? { top: bottom } : { bottom: innerHeight - top }) };
};

/** The list beside a line that stands in something which is scrolled: above the page, or its edge would cut it off. */
export const FloatingSuggestions = ({
  label,
  completing,
  onClose,
}: {
  readonly label: string;
  readonly completing: Completing<HTMLInputElement>;
  readonly onClose: () => void;
}) => {
  const { line, id } = completing;
  useEffect(() => {
    const scrolled = ({ target }: Event): void => {
      if (!(target instanceof Element) || target.id !== id) onClose();
    };
    addEventListener("scroll", scrolled, { capture: true });
    return () => removeEventListener("scroll", scrolled, { capture: true });
  }, [id, onClose]);
  if (line.current === null) return null;
  return createPortal(
    <List
      label={label}
      completing={completing}
      className={classes(styles.suggestions, styles.floating)}
      style={placeBeside(line.current)}
    />,
    // Within what is read out as the page, or as the dialog that lies over it.
    line.current.closest("dialog, main") ?? document.body,
  );
};

const List = ({
  label,
  completing: { id, completion, at, take },
  ...looks
}: SuggestionsProps & { readonly className: string | undefined; readonly style?: CSSProperties }) => (
  <div id={id} role="listbox" aria-label={label} {...looks}>
    {completion.suggestions.map((suggestion, index) => (
      // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the field's
      <div
        key={`${suggestion.kind} ${suggestion.name}`}
        id={`${id}-${index}`}
        role="option"
        tabIndex={-1}
        aria-selected={index === at}
        className={styles.suggestion}
        // The field keeps the focus while one clicks.
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => take(suggestion)}
      >
        <code>{suggestion.name}</code>
        <span>{suggestion.about}</span>
      </div>
    ))}
  </div>
);
