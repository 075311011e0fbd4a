import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import { useQuery } from "@tanstack/react-query";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type RefObject, useEffect } from "react";
import type { ConversationRow } from "#client/api.generated.ts";
import { profileQuery, titleOf } from "#console/data/profile.ts";
import { useShownName } from "#console/data/who.ts";
import { Badge } from "#console/ui/badge.tsx";
import look from "#console/ui/look.module.css";
import { ProblemState } from "#console/ui/problem.tsx";
import { EmptyState, Loading } from "#console/ui/states.tsx";
import { wordFor } from "#console/words/catalogue.ts";
import { everywhere } from "#console/words/everywhere.ts";
import { useWords } from "#console/words/language.tsx";
import { hasDraft } from "./drafts.ts";
import styles from "./inbox.module.css";
import type { Looked } from "./views.ts";
import { inboxWords } from "./words.ts";

const ROW_HEIGHT = 76;
/** More is asked for when the reader is so near to the end. */
const AHEAD = 8;
/** Names seldom change. */
const NAMES_FRESH_MS = 600_000;

type Pages = UseInfiniteQueryResult<InfiniteData<{ readonly items: readonly ConversationRow[] }>>;

/** The conversations of a view. Of ten thousand those are drawn that are seen. */
export const ConversationList = ({
  ref,
  pages,
  rows,
  looked,
  me,
  onOpen,
}: {
  readonly ref: RefObject<HTMLDivElement | null>;
  readonly pages: Pages;
  readonly rows: readonly ConversationRow[];
  readonly looked: Looked;
  readonly me: string;
  readonly onOpen: (conversationId: string) => void;
}) => {
  const { words } = useWords(inboxWords);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => ref.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 6,
    getItemKey: (place) => rows[place]?.conversationId ?? place,
  });
  const seen = virtual.getVirtualItems();
  const last = seen.at(-1)?.index ?? 0;
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = pages;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && last >= rows.length - AHEAD) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage, last, rows.length]);
  const at = rows.findIndex(({ conversationId }) => conversationId === looked.open);
  useEffect(() => {
    if (at >= 0) virtual.scrollToIndex(at);
  }, [at, virtual]);
  return (
    <div ref={ref} className={styles.list} tabIndex={-1}>
      {rows.length === 0 ? (
        <Without pages={pages} looked={looked} />
      ) : (
        <ol aria-label={words.list} className={styles.rows} style={{ height: virtual.getTotalSize() }}>
          {seen.map(({ index, key, start }) => {
            const row = rows[index];
            if (row === undefined) return null;
            return (
              <li
                key={key}
                ref={virtual.measureElement}
                data-index={index}
                className={styles.place}
                style={{ transform: `translateY(${start}px)` }}
              >
                <Row
                  row={row}
                  me={me}
                  isOpen={index === at}
                  takesTab={index === Math.max(0, at)}
                  onOpen={() => onOpen(row.conversationId)}
                />
              </li>
            );
          })}
        </ol>
      )}
    </div>
  );
};

const Without = ({ pages, looked }: { readonly pages: Pages; readonly looked: Looked }) => {
  const { words } = useWords(inboxWords);
  const { words: usual } = useWords(everywhere);
  if (looked.view === "team" && looked.team === "")
    return (
      <EmptyState title={words.noTeamTitle}>
        <p>{words.noTeam}</p>
      </EmptyState>
    );
  if (pages.isError) return <ProblemState error={pages.error} retry={() => void pages.refetch()} />;
  if (pages.isPending) return <Loading label={usual.loading} />;
  return (
    <EmptyState title={words.noneTitle}>
      <p>{words.none[looked.view]}</p>
    </EmptyState>
  );
};

const Row = ({
  row,
  me,
  isOpen,
  takesTab,
  onOpen,
}: {
  readonly row: ConversationRow;
  readonly me: string;
  readonly isOpen: boolean;
  /** Where the keys are: the one line that the Tab key stops at. */
  readonly takesTab: boolean;
  readonly onOpen: () => void;
}) => {
  const { words, formats } = useWords(inboxWords);
  const { conversationId, assignee, channel, lastMessage, state, unread, waitingSince } = row;
  const profile = useQuery({ ...profileQuery(row.customerId), staleTime: NAMES_FRESH_MS });
  const nameOf = useShownName();
  const since = waitingSince ?? lastMessage?.at ?? row.openedAt;
  return (
    <button
      type="button"
      className={styles.row}
      data-id={conversationId}
      tabIndex={takesTab ? 0 : -1}
      aria-current={isOpen ? "true" : undefined}
      onClick={onOpen}
    >
      <span className={styles.line}>
        <bdi className={styles.name}>{profile.data === undefined ? "…" : titleOf(profile.data)}</bdi>
        <time className={look.small} dateTime={since} title={formats.exactly(since)}>
          {formats.ago(since, Date.now())}
        </time>
      </span>
      <span className={styles.preview} dir="auto">
        {lastMessage === null || lastMessage.text === "" ? words.noText : lastMessage.text}
      </span>
      <span className={styles.marks}>
        <span className={look.small}>{channel}</span>
        {unread > 0 && <Badge tone="wait">{formats.count(unread, words.unread)}</Badge>}
        {state !== "open" && <Badge>{wordFor(words.states, state)}</Badge>}
        <Due at={row.dueAt} />
        {hasDraft(conversationId) && <Badge tone="bad">{words.unsent}</Badge>}
        {assignee !== null && (
          <span className={look.small}>
            <bdi>{assignee === me ? words.you : nameOf(assignee)}</bdi>
          </span>
        )}
      </span>
    </button>
  );
};

/** By when the customer is to be answered. */
export const Due = ({ at }: { readonly at: string | null }) => {
  const { words, formats } = useWords(inboxWords);
  if (at === null) return null;
  const now = Date.now();
  const isLate = Date.parse(at) <= now;
  return (
    <Badge tone={isLate ? "bad" : "even"}>
      {isLate ? words.overdue(formats.ago(at, now)) : words.due(formats.ago(at, now))}
    </Badge>
  );
};
