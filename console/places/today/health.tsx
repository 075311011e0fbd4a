import { useQuery } from "@tanstack/react-query";
import { type Answer, asking } from "#console/data/api.ts";
import { useMay } from "#console/data/session.ts";
import { Badge } from "#console/ui/badge.tsx";
import look from "#console/ui/look.module.css";
import { Section } from "#console/ui/panel.tsx";
import { useProblemText } from "#console/ui/problem.tsx";
import { useWords } from "#console/words/language.tsx";
import { isAddress, readAlarm } from "./alarm.ts";
import { FailingProviders } from "./failing.tsx";
import styles from "./today.module.css";
import { todayWords } from "./words.ts";

type Alarm = Answer<"GET /v1/alarms">["items"][number];

/** Alarms are judged by the minute. */
const AGAIN_MS = 60_000;
/** Those that went off come first: of so many at once nobody reads more. */
const MOST = 100;

/** How the hub does: which alarms went off, what customers suffer from it, and where it says what to do. */
export const Health = () => {
  const { words } = useWords(todayWords);
  const textOf = useProblemText();
  const may = useMay("listAlarms");
  const alarms = useQuery({
    ...asking("GET /v1/alarms", { query: { limit: MOST } }),
    refetchInterval: AGAIN_MS,
    enabled: may,
  });
  if (!may) return null;
  const off = alarms.data?.items.filter(({ state }) => state === "ALARM");
  return (
    <Section title={words.health}>
      {off === undefined && <p className={look.quiet}>{alarms.isError ? textOf(alarms.error) : "…"}</p>}
      {off?.length === 0 && (
        <p className={look.quiet}>
          <Badge tone="good">{words.allWell}</Badge> {words.noAlarm}
        </p>
      )}
      <ul className={styles.waiting}>
        {off?.map((alarm) => (
          <AlarmLine key={alarm.name} alarm={alarm} />
        ))}
      </ul>
      <FailingProviders />
    </Section>
  );
};

const AlarmLine = ({ alarm }: { readonly alarm: Alarm }) => {
  const { words, formats } = useWords(todayWords);
  const { name, impact, runbook, reason } = readAlarm(alarm);
  return (
    <li>
      <Badge tone="bad">{words.alarm}</Badge> {impact}
      <p className={look.quiet}>
        <code>{name}</code> · {formats.ago(alarm.since, Date.now())} · {reason}{" "}
        {runbook !== null && <Runbook page={runbook} />}
      </p>
    </li>
  );
};

const Runbook = ({ page }: { readonly page: string }) => {
  const { words } = useWords(todayWords);
  return isAddress(page) ? (
    <a href={page} target="_blank" rel="noreferrer">
      {words.whatToDo}
    </a>
  ) : (
    <>
      {words.whatToDo}: <code>{page}</code>
    </>
  );
};
