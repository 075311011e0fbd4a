import type { ReactNode } from "react";
import type { TimelineEntry } from "#client/api.generated.ts";
import { Badge } from "#console/ui/badge.tsx";
import { AnswerIcon, DecisionIcon, EventIcon, MergeIcon, MessageIcon } from "#console/ui/icons.tsx";
import { Kbd } from "#console/ui/kbd.tsx";
import { toneOf } from "#console/ui/tones.ts";
import { wordFor } from "#console/words/catalogue.ts";
import { happened } from "#console/words/happened.ts";
import { useWords } from "#console/words/language.tsx";
import { statuses } from "#console/words/reasons.ts";
import { propertiesInLine } from "./properties.ts";
import { type StoryLine, textIn } from "./story.ts";
import styles from "./timeline.module.css";
import { customerWords } from "./words.ts";

const MARKS: Readonly<Record<TimelineEntry["kind"], ReactNode>> = {
  event: <EventIcon />,
  decision: <DecisionIcon />,
  message: <MessageIcon />,
  outcome: <AnswerIcon />,
  merge: <MergeIcon />,
};

/** One line of the story: a day, or something that happened on it. */
export const EntryLine = ({
  line,
  isCurrent,
  isOpen,
  isUnfolded,
  onOpen,
}: {
  readonly line: StoryLine;
  /** Where the keys are: the one line that the Tab key stops at. */
  readonly isCurrent: boolean;
  readonly isOpen: boolean;
  readonly isUnfolded: boolean;
  readonly onOpen: () => void;
}) => {
  const { formats } = useWords(customerWords);
  if (line.kind === "day") return <div className={styles.day}>{formats.date(line.at)}</div>;
  const { entry, place } = line;
  return (
    <>
      <button
        type="button"
        className={styles.entry}
        data-place={place}
        tabIndex={isCurrent ? 0 : -1}
        aria-pressed={isOpen}
        onClick={onOpen}
      >
        <time className={styles.time} dateTime={entry.at} title={formats.exactly(entry.at)}>
          {formats.time(entry.at)}
        </time>
        <span className={styles.mark} aria-hidden="true">
          {MARKS[entry.kind]}
        </span>
        <span className={styles.told}>
          <Told entry={entry} />
        </span>
        <span className={styles.why}>
          {entry.kind !== "event" && entry.kind !== "merge" && <Kbd keys="w" />}
        </span>
      </button>
      {isUnfolded && <pre className={styles.raw}>{JSON.stringify(entry, null, 2)}</pre>}
    </>
  );
};

const More = ({ children }: { readonly children: ReactNode }) => (
  <span className={styles.more}>{children}</span>
);

const Told = ({ entry }: { readonly entry: TimelineEntry }): ReactNode => {
  const { words } = useWords(customerWords);
  const { words: named } = useWords(statuses);
  switch (entry.kind) {
    case "event":
      return <ToldEvent entry={entry} />;
    case "decision":
      return <ToldDecision entry={entry} />;
    case "message":
      return (
        <>
          <strong>{words.message(entry.channel)}</strong>{" "}
          <Badge tone={toneOf(entry.status)}>{wordFor(named, entry.status)}</Badge>
          {textIn(entry, "action") !== undefined && <More>{textIn(entry, "action")}</More>}
          {textIn(entry, "reason") !== undefined && <More>{textIn(entry, "reason")}</More>}
        </>
      );
    case "outcome":
      return (
        <>
          <Badge tone={toneOf(entry.outcome)}>{entry.outcome}</Badge> {entry.action ?? ""}
        </>
      );
    case "merge":
      return words.mergedWith(entry.absorbed);
    default:
      // A newer hub tells of more than this page knows: it is shown as it came.
      return <code>{JSON.stringify(entry)}</code>;
  }
};

const ToldEvent = ({ entry }: { readonly entry: Extract<TimelineEntry, { kind: "event" }> }) => {
  const { words } = useWords(customerWords);
  const { words: named } = useWords(happened);
  const properties = propertiesInLine(entry.properties ?? {});
  return (
    <>
      <strong>
        <bdi>{wordFor(named, entry.name)}</bdi>
      </strong>{" "}
      {entry.imported === true && <Badge>{words.imported}</Badge>}{" "}
      {entry.standing === "public" && <Badge>{words.publicly}</Badge>}{" "}
      {entry.refused !== undefined && <Badge tone="wait">{words.notTaken}</Badge>}
      {properties !== "" && (
        <More>
          <bdi>{properties}</bdi>
        </More>
      )}
    </>
  );
};

const ToldDecision = ({ entry }: { readonly entry: Extract<TimelineEntry, { kind: "decision" }> }) => {
  const { words, formats } = useWords(customerWords);
  const { actions } = entry;
  const chosen = Array.isArray(actions) ? actions.filter((name) => typeof name === "string") : null;
  return (
    <>
      <strong>{words.decidedAt(entry.placement)}</strong>
      {chosen !== null && (
        <More>{chosen.length === 0 ? words.silence : words.said(formats.list(chosen))}</More>
      )}
    </>
  );
};
