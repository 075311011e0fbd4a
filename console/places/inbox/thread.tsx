import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import type { Conversation } from "#client/api.generated.ts";
import { RapportProblem } from "#client/problem.ts";
import { profileQuery, titleOf } from "#console/data/profile.ts";
import { useShownName } from "#console/data/who.ts";
import { Asked } from "#console/ui/asked.tsx";
import { Badge } from "#console/ui/badge.tsx";
import { Button } from "#console/ui/button.tsx";
import { EmptyState } from "#console/ui/states.tsx";
import { wordFor } from "#console/words/catalogue.ts";
import { useWords } from "#console/words/language.tsx";
import { Acts } from "./acts.tsx";
import { Composer } from "./composer.tsx";
import { readEarlier, threadQuery } from "./data.ts";
import styles from "./inbox.module.css";
import { Due } from "./list.tsx";
import { Message } from "./message.tsx";
import { pageBefore } from "./thread-pages.ts";
import { inboxWords } from "./words.ts";

type ThreadProps = {
  readonly id: string;
  readonly me: string;
  /** Goes on to the next conversation of the list. */
  readonly onNext: () => void;
  /** Shows the list alone, where both do not fit beside each other. */
  readonly onLeave: () => void;
  /** Puts the focus back on the list. */
  readonly onBack: () => void;
};

/** One conversation: whose it is, what was said on whatever channel, and where it is answered. */
export const Thread = (props: ThreadProps) => {
  const { words } = useWords(inboxWords);
  const thread = useQuery(threadQuery(props.id));
  const { error } = thread;
  if (error instanceof RapportProblem && (error.status === 404 || error.status === 400))
    return (
      <div className={styles.nothing}>
        <EmptyState title={words.goneTitle}>
          <p>{words.gone}</p>
        </EmptyState>
      </div>
    );
  return <Asked query={thread}>{(conversation) => <Opened {...props} conversation={conversation} />}</Asked>;
};

const Opened = ({ conversation, ...props }: ThreadProps & { readonly conversation: Conversation }) => {
  const { words } = useWords(inboxWords);
  const answer = useRef<HTMLTextAreaElement>(null);
  return (
    <article className={styles.thread} aria-label={words.thread}>
      <header className={styles.head}>
        <Button look="plain" className={styles.toList} onClick={props.onLeave}>
          {words.back}
        </Button>
        <Standing conversation={conversation} me={props.me} />
        <Acts conversation={conversation} me={props.me} onNext={props.onNext} answer={answer} />
      </header>
      <Messages conversation={conversation} me={props.me} />
      <Composer conversation={conversation} me={props.me} answer={answer} onBack={props.onBack} />
    </article>
  );
};

/** Who it is, whose turn, and who has it. */
const Standing = ({ conversation, me }: { readonly conversation: Conversation; readonly me: string }) => {
  const { words, formats } = useWords(inboxWords);
  const { customerId, state, snoozedUntil, team, topic, tags, assignee, handler } = conversation;
  const profile = useQuery(profileQuery(customerId));
  const nameOf = useShownName();
  return (
    <div className={styles.standing}>
      <h2 className={styles.name}>
        <Link to="/customers/$customerId" params={{ customerId }} title={words.customer}>
          <bdi>{profile.data === undefined ? customerId : titleOf(profile.data)}</bdi>
        </Link>
      </h2>
      <Badge tone={assignee === me ? "good" : assignee === null ? "wait" : "even"}>
        {assignee === me
          ? words.youHaveIt
          : assignee === null
            ? handler === "bot"
              ? words.botHasIt
              : words.nobodyHasIt
            : words.hasIt(nameOf(assignee))}
      </Badge>
      <Badge>
        {state === "snoozed" && snoozedUntil !== null
          ? words.asleepUntil(formats.moment(snoozedUntil))
          : wordFor(words.states, state)}
      </Badge>
      <Due at={conversation.dueAt} />
      {[team, topic, ...tags].map((name, place) =>
        name === null ? null : (
          // A team may be called as a topic is.
          // biome-ignore lint/suspicious/noArrayIndexKey: names repeat
          <Badge key={`${place} ${name}`}>
            <bdi>{name}</bdi>
          </Badge>
        ),
      )}
    </div>
  );
};

/** So near to its end somebody reads along: what comes is shown to them. */
const NEAR_END_PX = 120;

const Messages = ({ conversation, me }: { readonly conversation: Conversation; readonly me: string }) => {
  const { words } = useWords(inboxWords);
  const { conversationId, messages, lastSeq } = conversation;
  const queries = useQueryClient();
  const list = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  const [isReading, setReading] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what came last moves the end
  useEffect(() => {
    if (isAtEnd.current) list.current?.scrollTo({ top: list.current.scrollHeight });
  }, [lastSeq]);
  const readOn = async (): Promise<void> => {
    const { current } = list;
    const fromEnd = current === null ? 0 : current.scrollHeight - current.scrollTop;
    setReading(true);
    await readEarlier(queries, conversationId).finally(() => setReading(false));
    // Whoever reads stays where they were.
    requestAnimationFrame(() => current?.scrollTo({ top: current.scrollHeight - fromEnd }));
  };
  return (
    <section
      ref={list}
      className={styles.messages}
      aria-label={words.thread}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
      tabIndex={0}
      onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
        isAtEnd.current = scrollHeight - scrollTop - clientHeight < NEAR_END_PX;
      }}
    >
      {pageBefore(conversation) !== null && (
        <Button disabled={isReading} onClick={() => void readOn()}>
          {words.earlier}
        </Button>
      )}
      <ol className={styles.said}>
        {messages.map((message) => (
          <Message
            key={message.seq}
            message={message}
            conversationId={conversationId}
            customerId={conversation.customerId}
            me={me}
          />
        ))}
      </ol>
      <Announced messages={messages} />
    </section>
  );
};

/** Says to those who listen that the customer wrote. It is silent while somebody types: they are told when they send. */
const Announced = ({ messages }: Pick<Conversation, "messages">) => {
  const { words } = useWords(inboxWords);
  const last = messages.findLast(({ direction }) => direction === "in")?.seq ?? 0;
  const [first] = useState(last);
  const isTyping = document.activeElement instanceof HTMLTextAreaElement;
  return (
    <p className="unseen" role="status">
      {last > first && !isTyping ? words.came : ""}
    </p>
  );
};
