import { Link } from "@tanstack/react-router";
import type { ThreadMessage } from "#client/api.generated.ts";
import { useShownName } from "#console/data/who.ts";
import { Badge } from "#console/ui/badge.tsx";
import look from "#console/ui/look.module.css";
import { toneOf } from "#console/ui/tones.ts";
import { wordFor } from "#console/words/catalogue.ts";
import { useWords } from "#console/words/language.tsx";
import { statuses } from "#console/words/reasons.ts";
import { activityWords } from "./activity-words.ts";
import styles from "./message.module.css";
import { OriginalOf } from "./original.tsx";
import { inboxWords } from "./words.ts";

type MessageProps = {
  readonly message: ThreadMessage;
  readonly conversationId: string;
  readonly customerId: string;
  readonly me: string;
};

/** One line of a thread: what came, what left, a note, or what was done. */
export const Message = ({ message, conversationId, customerId, me }: MessageProps) => {
  if (message.direction === "activity") return <Done message={message} />;
  return (
    <li className={styles.message} data-direction={message.direction}>
      <Line message={message} customerId={customerId} me={me} />
      <Said message={message} />
      <Attached message={message} />
      {message.direction === "in" && <OriginalOf conversationId={conversationId} seq={message.seq} />}
    </li>
  );
};

/** Parts of what was done that are times. */
const TIMED = ["snoozed", "breached"];

/** What was done with the conversation. What a newer hub tells of is shown in its own words. */
const Done = ({ message: { activity, author, at, text } }: Pick<MessageProps, "message">) => {
  const { words, formats } = useWords(activityWords);
  const { words: named } = useWords(inboxWords);
  const nameOf = useShownName();
  const told = activity === undefined ? undefined : words.told[activity.kind];
  const by = author.name === undefined ? named.theHub : nameOf(author.name);
  const what = activity?.what;
  const sentence =
    activity?.kind === "assigned" && what === undefined
      ? words.toNobody(by, "")
      : told?.(by, TIMED.includes(activity?.kind ?? "") ? formats.moment(what ?? "") : nameOf(what ?? ""));
  return (
    <li className={styles.activity}>
      {sentence === undefined ? <span lang="en">{nameOf(text)}</span> : <bdi>{sentence}</bdi>}{" "}
      <time dateTime={at}>{formats.moment(at)}</time>
    </li>
  );
};

/** Who said it, when, by which channel, what became of it, and why it was said. */
const Line = ({ message, customerId, me }: Omit<MessageProps, "conversationId">) => {
  const { words, formats } = useWords(inboxWords);
  const { words: named } = useWords(statuses);
  const nameOf = useShownName();
  const { at, author, channel, decisionId, direction, seq, status } = message;
  const isFirst = seq === 1 && direction === "out";
  return (
    <header className={styles.line}>
      <strong>
        <bdi>
          {author.name === me
            ? words.you
            : author.name === undefined
              ? author.type === "customer"
                ? words.theCustomer
                : words.theHub
              : nameOf(author.name)}
        </bdi>
      </strong>
      <span className={look.small}>{direction === "note" ? words.note : channel}</span>
      <time className={look.small} dateTime={at} title={formats.exactly(at)}>
        {formats.moment(at)}
      </time>
      {direction === "out" && status !== null && (
        <Badge tone={toneOf(status)}>{wordFor(named, status)}</Badge>
      )}
      {message.isDoubted === true && <Badge tone="bad">{words.doubted}</Badge>}
      {isFirst && <Badge>{words.began}</Badge>}
      {decisionId !== undefined && (
        <Link to="/customers/$customerId" params={{ customerId }} search={{ why: decisionId }}>
          {words.why}
        </Link>
      )}
    </header>
  );
};

const Said = ({ message }: { readonly message: ThreadMessage }) => {
  const { words } = useWords(inboxWords);
  const { text, subject, isCut = false } = message;
  return (
    <>
      {subject !== undefined && (
        <p className={styles.subject} dir="auto">
          {subject}
        </p>
      )}
      <p className={styles.text} dir="auto">
        {text === "" ? <span className={look.small}>{words.noText}</span> : text}
      </p>
      {isCut && <p className={look.small}>{words.cut}</p>}
    </>
  );
};

const Attached = ({ message: { attachments } }: { readonly message: ThreadMessage }) => {
  const { words, formats } = useWords(inboxWords);
  if (attachments.length === 0) return null;
  return (
    <ul className={styles.attached} aria-label={words.attachments}>
      {attachments.map(({ id, name, type, bytes, isRefused = false }) => (
        <li key={id}>
          <bdi>{name}</bdi> <span className={look.small}>{type}</span>{" "}
          {bytes > 0 && <span className={look.small}>{formats.compact(bytes)}B</span>}
          {isRefused && <Badge tone="bad">{words.refusedFile}</Badge>}
        </li>
      ))}
    </ul>
  );
};
