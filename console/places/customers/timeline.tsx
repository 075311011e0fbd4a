import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useMemo, useRef, useState } from "react";
import type { TimelineEntry } from "#client/api.generated.ts";
import { Button } from "#console/ui/button.tsx";
import { useKeys } from "#console/ui/keys.ts";
import { Section } from "#console/ui/panel.tsx";
import { ProblemState } from "#console/ui/problem.tsx";
import { EmptyState, Loading } from "#console/ui/states.tsx";
import { useWords } from "#console/words/language.tsx";
import { timelineQuery } from "./data.ts";
import { EntryLine } from "./entry-line.tsx";
import { storyOf, textIn } from "./story.ts";
import styles from "./timeline.module.css";
import { customerWords } from "./words.ts";

const route = getRouteApi("/customers/$customerId");
const LINE_HEIGHT = 34;
/** Older entries are asked for when the reader is so near to the last one. */
const AHEAD = 10;

/** Where an entry's reasons are found: in the decision it is or came from, or in the message it belongs to. */
const placeOfWhy = (entry: TimelineEntry): { readonly why?: string; readonly message?: string } | null => {
  const message = textIn(entry, "messageId");
  const decision = textIn(entry, "decisionId");
  if (entry.kind === "decision" && decision !== undefined) return { why: decision };
  if (message !== undefined) return { message };
  return decision === undefined ? null : { why: decision };
};

/** What happened with a customer as a story, newest first. `j` and `k` go through it, `w` says why. */
export const Timeline = ({ customerId }: { readonly customerId: string }) => {
  const { words } = useWords(customerWords);
  const pages = useInfiniteQuery(timelineQuery(customerId));
  const entries = useMemo(() => pages.data?.pages.flatMap(({ items }) => items) ?? [], [pages.data]);
  const refresh = (
    <Button look="plain" onClick={() => void pages.refetch()} disabled={pages.isFetching}>
      {words.refresh}
    </Button>
  );
  return (
    <Section title={words.timeline} aside={refresh}>
      {pages.isError && entries.length === 0 ? (
        <ProblemState error={pages.error} retry={() => void pages.refetch()} />
      ) : pages.isPending ? (
        <Loading label={words.older} />
      ) : entries.length === 0 ? (
        <EmptyState title={words.emptyTitle}>
          <p>{words.empty}</p>
        </EmptyState>
      ) : (
        <Story
          entries={entries}
          more={pages.hasNextPage && !pages.isFetchingNextPage ? () => void pages.fetchNextPage() : null}
        />
      )}
      {entries.length > 0 && <p className={styles.end}>{pages.hasNextPage ? words.older : words.end}</p>}
    </Section>
  );
};

const Story = ({
  entries,
  more,
}: {
  readonly entries: readonly TimelineEntry[];
  readonly more: (() => void) | null;
}) => {
  const lines = useMemo(() => storyOf(entries), [entries]);
  const list = useRef<HTMLOListElement>(null);
  const navigate = route.useNavigate();
  const search = route.useSearch();
  const [at, setAt] = useState(0);
  const [unfolded, setUnfolded] = useState<string | null>(null);
  const virtual = useWindowVirtualizer({
    count: lines.length,
    estimateSize: () => LINE_HEIGHT,
    overscan: 12,
    scrollMargin: list.current?.offsetTop ?? 0,
    getItemKey: (place) => {
      const line = lines[place];
      return line === undefined ? place : line.kind === "day" ? `day ${line.at}` : line.entry.id;
    },
  });
  const seen = virtual.getVirtualItems();
  const last = seen.at(-1)?.index ?? 0;
  useEffect(() => {
    if (more !== null && last >= lines.length - AHEAD) more();
  }, [more, last, lines.length]);

  const goTo = (place: number): void => {
    const next = Math.max(0, Math.min(entries.length - 1, place));
    setAt(next);
    virtual.scrollToIndex(lines.findIndex((line) => line.kind === "entry" && line.place === next));
    // The line may have to be drawn before it can take the focus.
    requestAnimationFrame(() => list.current?.querySelector<HTMLElement>(`[data-place="${next}"]`)?.focus());
  };
  const explain = (entry: TimelineEntry | undefined): void => {
    if (entry === undefined) return;
    const place = placeOfWhy(entry);
    if (place !== null) void navigate({ search: place, replace: true, resetScroll: false });
    else setUnfolded(unfolded === entry.id ? null : entry.id);
  };
  useKeys({
    j: () => goTo(document.activeElement?.hasAttribute("data-place") ? at + 1 : at),
    k: () => goTo(at - 1),
    w: () => explain(entries[at]),
  });

  const isOpen = (entry: TimelineEntry): boolean => {
    const place = placeOfWhy(entry);
    return (
      place !== null &&
      ((place.why !== undefined && place.why === search.why) ||
        (place.message !== undefined && place.message === search.message))
    );
  };
  return (
    <ol ref={list} className={styles.list} style={{ height: virtual.getTotalSize() }}>
      {seen.map(({ index, key, start }) => {
        const line = lines[index];
        if (line === undefined) return null;
        return (
          <li
            key={key}
            ref={virtual.measureElement}
            data-index={index}
            className={styles.line}
            style={{ transform: `translateY(${start - virtual.options.scrollMargin}px)` }}
          >
            <EntryLine
              line={line}
              isCurrent={line.kind === "entry" && line.place === at}
              isOpen={line.kind === "entry" && isOpen(line.entry)}
              isUnfolded={line.kind === "entry" && unfolded === line.entry.id}
              onOpen={() => {
                if (line.kind !== "entry") return;
                setAt(line.place);
                explain(line.entry);
              }}
            />
          </li>
        );
      })}
    </ol>
  );
};
