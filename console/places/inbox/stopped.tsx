import type { Conversation } from "#client/api.generated.ts";
import { RapportProblem } from "#client/problem.ts";
import { useShownName } from "#console/data/who.ts";
import { Button } from "#console/ui/button.tsx";
import { useProblemText } from "#console/ui/problem.tsx";
import { wordFor } from "#console/words/catalogue.ts";
import { useWords } from "#console/words/language.tsx";
import { closedChannels } from "./closed-channels.ts";
import type { Draft } from "./drafts.ts";
import styles from "./inbox.module.css";
import { writtenAfter } from "./thread-pages.ts";
import { inboxWords } from "./words.ts";

type StoppedProps = {
  readonly conversation: Conversation;
  readonly me: string;
  readonly error: Error;
  /** The place that the answer stood on. */
  readonly since: number;
  /** On which the customer has an address. */
  readonly channels: readonly string[];
  /** Sends the draft, changed so, as an answer to all up to that place. */
  readonly onSend: (parts?: Partial<Draft>, until?: number) => void;
  /** Sends something prepared in place of the draft, which stays. */
  readonly onSendPrepared: (treatment: string, channel: string) => void;
};

/** Why an answer was not sent, and what can be done about it. What was typed stands below. */
export const Stopped = (props: StoppedProps) => {
  const { words } = useWords(inboxWords);
  const textOf = useProblemText();
  const { error } = props;
  const code = error instanceof RapportProblem ? error.code : "";
  return (
    <div className={styles.stopped} role="alert">
      {code === "conversation_moved" ? (
        <Moved {...props} />
      ) : code === "channel_closed" ? (
        <Closed {...props} />
      ) : code === "idempotency_conflict" ? (
        <p>
          <strong>{words.conflictTitle}.</strong> {words.conflict}
        </p>
      ) : (
        <p>{textOf(error)}</p>
      )}
    </div>
  );
};

/** What came since, and the answer all the same. */
const Moved = ({ conversation, me, since, onSend }: StoppedProps) => {
  const { words } = useWords(inboxWords);
  const nameOf = useShownName();
  const came = writtenAfter(conversation.messages, since, me);
  return (
    <>
      <p>
        <strong>{words.movedTitle}.</strong> {words.moved}
      </p>
      <ul>
        {came.map(({ seq, text, author }) => (
          <li key={seq} dir="auto">
            {author.name === undefined ? "" : `${nameOf(author.name)}: `}
            {text}
          </li>
        ))}
      </ul>
      <p>
        <Button onClick={() => onSend({}, conversation.lastSeq)}>{words.sendAnyway}</Button>
      </p>
    </>
  );
};

/** Why no channel takes it, channel by channel, and those that may. */
const Closed = ({ error, channels, onSend, onSendPrepared }: StoppedProps) => {
  const { words } = useWords(inboxWords);
  const closed = closedChannels(error);
  const offered = closed.flatMap(({ channel, offers }) => offers.map((offer) => ({ channel, ...offer })));
  const others = channels.filter((name) => !closed.some(({ channel }) => channel === name));
  return (
    <>
      <p>
        <strong>{words.closedTitle}.</strong> {words.closedHint}
      </p>
      <ul>
        {closed.map(({ channel, reason }) => (
          <li key={channel}>
            {channel}: {wordFor(words.closedReasons, reason)}
          </li>
        ))}
      </ul>
      {offered.length > 0 && (
        <ul aria-label={words.offered}>
          {offered.map(({ channel, treatment, text }) => (
            <li key={`${channel} ${treatment}`} className={styles.offer}>
              <span dir="auto">{text}</span>
              <Button onClick={() => onSendPrepared(treatment, channel)}>{words.sendOffer(channel)}</Button>
            </li>
          ))}
        </ul>
      )}
      {others.length > 0 && (
        <p className={styles.acts}>
          {others.map((channel) => (
            <Button key={channel} onClick={() => onSend({ channel })}>
              {words.tryBy(channel)}
            </Button>
          ))}
        </p>
      )}
    </>
  );
};
