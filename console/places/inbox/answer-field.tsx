import { type KeyboardEvent, type RefObject, useId } from "react";
import look from "#console/ui/look.module.css";
import { useWords } from "#console/words/language.tsx";
import styles from "./canned.module.css";
import { GAP } from "./canned.ts";
import { CannedList } from "./canned-list.tsx";
import inbox from "./inbox.module.css";
import { useCanned } from "./use-canned.ts";
import { inboxWords } from "./words.ts";

type FieldProps = {
  readonly conversationId: string;
  readonly text: string;
  readonly isNote: boolean;
  readonly answer: RefObject<HTMLTextAreaElement | null>;
  readonly onText: (text: string) => void;
  /** Keys that the field has no use for itself. */
  readonly onPress: (event: KeyboardEvent) => void;
};

/** Where an answer or a note is typed. A slash offers what is said often, filled in; nothing is sent by taking it. */
export const AnswerField = (props: FieldProps) => {
  const { text, isNote, answer, onText, onPress } = props;
  const { words, formats } = useWords(inboxWords);
  const { looking, found, at, take, press, moved } = useCanned(props);
  const listId = useId();
  const isOpen = found.length > 0;
  const label = isNote ? words.writeNote : words.writeAnswer;
  const pressed = (event: KeyboardEvent): void => {
    // Whoever writes Japanese, say, chooses a word by these keys.
    if (event.nativeEvent.isComposing) return;
    if (!press(event)) {
      onPress(event);
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className={styles.field}>
      {isOpen && <CannedList id={listId} found={found} at={at} onTake={take} />}
      <textarea
        ref={answer}
        className={inbox.text}
        aria-label={label}
        aria-autocomplete={isNote ? undefined : "list"}
        aria-controls={isOpen ? listId : undefined}
        aria-activedescendant={isOpen ? `${listId}-${at}` : undefined}
        placeholder={isNote ? label : words.answerHint}
        dir="auto"
        maxLength={20_000}
        value={text}
        onChange={(event) => {
          moved(event.target.selectionStart);
          onText(event.target.value);
        }}
        onSelect={(event) => moved(event.currentTarget.selectionStart)}
        onKeyDown={pressed}
      />
      <p role="status" className={look.small}>
        {looking !== null && formats.count(found.length, words.cannedFound)}
        {looking === null && !isNote && text.includes(GAP) && words.gapLeft}
      </p>
    </div>
  );
};
