import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { asking } from "#console/data/api.ts";
import { useMay } from "#console/data/session.ts";
import look from "#console/ui/look.module.css";
import { Section } from "#console/ui/panel.tsx";
import { useWords } from "#console/words/language.tsx";
import styles from "./today.module.css";
import { todayWords } from "./words.ts";

/** The hub tells of so many conversations at once: nobody counts further. */
const MOST = 100;
const AGAIN_MS = 60_000;

/** Customers who wait for an answer: how many, since when, and whose time is over. */
const useAwaited = () => {
  const inbox = useQuery({
    ...asking("GET /v1/conversations", { query: { state: "open", sort: "waiting", limit: MOST } }),
    refetchInterval: AGAIN_MS,
    enabled: useMay("listConversations"),
  });
  const awaited = (inbox.data?.items ?? []).filter(({ waitingSince }) => waitingSince !== null);
  const now = new Date().toISOString();
  return {
    count: awaited.length,
    isMore: awaited.length === MOST && inbox.data?.cursor !== null,
    since: awaited.flatMap(({ waitingSince }) => waitingSince ?? []).toSorted()[0],
    overdue: awaited.filter(({ dueAt }) => dueAt !== null && dueAt < now).length,
  };
};

/**
 * What waits for somebody: customers for an answer, and drafts that were proposed and nobody has published yet. Nothing is
 * said where nothing waits.
 */
export const Waiting = () => {
  const { words, formats } = useWords(todayWords);
  const drafts = useQuery(asking("GET /v1/drafts"));
  const proposed = (drafts.data?.items ?? []).filter(
    ({ state }) => state === "proposed" || state === "approved",
  );
  const { count, isMore, since, overdue } = useAwaited();
  if (proposed.length + count === 0) return null;
  return (
    <Section title={words.waiting}>
      <ul className={styles.waiting}>
        {count > 0 && (
          <li>
            <Link to="/inbox">
              {isMore ? words.manyAwaited(formats.number(MOST)) : formats.count(count, words.awaited)}
            </Link>{" "}
            <span className={look.quiet}>
              {since !== undefined && words.longest(formats.ago(since, Date.now()))}
              {overdue > 0 && ` · ${formats.count(overdue, words.overdue)}`}
            </span>
          </li>
        )}
        {proposed.map(({ draftId, name, state, updated }) => (
          <li key={draftId}>
            <Link to="/playbook/$draftId" params={{ draftId }}>
              <bdi>{name}</bdi>
            </Link>{" "}
            <span className={look.quiet}>
              {state === "proposed" ? words.proposed : words.approved} · {formats.ago(updated.at, Date.now())}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
};
