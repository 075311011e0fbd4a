import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { asking } from "#console/data/api.ts";
import look from "#console/ui/look.module.css";
import { Section } from "#console/ui/panel.tsx";
import { useWords } from "#console/words/language.tsx";
import styles from "./today.module.css";
import { todayWords } from "./words.ts";

/** What waits for somebody: drafts that were proposed and nobody has published yet. Nothing is said where nothing waits. */
export const Waiting = () => {
  const { words, formats } = useWords(todayWords);
  const drafts = useQuery(asking("GET /v1/drafts"));
  const proposed = (drafts.data?.items ?? []).filter(
    ({ state }) => state === "proposed" || state === "approved",
  );
  if (proposed.length === 0) return null;
  return (
    <Section title={words.waiting}>
      <ul className={styles.waiting}>
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
