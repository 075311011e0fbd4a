import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Badge, type Tone } from "#console/ui/badge.tsx";
import { Table } from "#console/ui/table.tsx";
import { wordFor } from "#console/words/catalogue.ts";
import { useWords } from "#console/words/language.tsx";
import { auditWords } from "./audit-words.ts";
import { changesIn } from "./changes.ts";
import { type AuditEntry, peopleQuery } from "./data.ts";
import styles from "./settings.module.css";

const TONES: Readonly<Record<AuditEntry["state"], Tone>> = {
  done: "good",
  begun: "wait",
  refused: "even",
  failed: "bad",
};

/** Entries of the audit log, line by line. */
export const Entries = ({ entries }: { readonly entries: readonly AuditEntry[] }) => {
  const { words, formats } = useWords(auditWords);
  return (
    <Table
      cards
      caption={words.title}
      rows={entries}
      rowKey={({ auditId }) => auditId}
      columns={[
        {
          name: "what",
          head: words.what,
          cell: ({ call }) => wordFor(words.calls, call),
        },
        { name: "who", head: words.who, cell: ({ actor }) => <Actor actor={actor} /> },
        {
          name: "when",
          head: words.when,
          cell: ({ at }) => (
            <time className={styles.when} dateTime={at} title={formats.exactly(at)}>
              {formats.moment(at)}
            </time>
          ),
        },
        {
          name: "state",
          head: words.state,
          cell: ({ state, reason }) => (
            <>
              <Badge tone={TONES[state]}>{words.states[state]}</Badge>{" "}
              {reason !== undefined && <code>{reason}</code>}
            </>
          ),
        },
        { name: "change", head: words.change, cell: (entry) => <Change entry={entry} /> },
      ]}
    />
  );
};

const Actor = ({ actor: { kind, id, name } }: Pick<AuditEntry, "actor">) => {
  const { words } = useWords(auditWords);
  const people = useQuery(peopleQuery());
  const known = people.data?.find(({ personId }) => personId === id)?.name;
  return (
    <Link to="/settings" search={{ view: "audit", actor: id }}>
      <bdi>{kind === "key" ? words.key(name ?? id) : (known ?? id)}</bdi>
    </Link>
  );
};

/** On what it was done, and what is other than before. */
const Change = ({ entry }: { readonly entry: AuditEntry }) => {
  const { words } = useWords(auditWords);
  return (
    <span className={styles.change}>
      {entry.target !== undefined && (
        <Link to="/settings" search={{ view: "audit", target: entry.target }} title={words.onlyThis}>
          <code>{entry.target}</code>
        </Link>
      )}
      {changesIn(entry).map(({ name, before, after }) => (
        <span key={name}>
          <i>{name}</i> {before !== undefined && <del>{before}</del>}{" "}
          {after !== undefined && <ins>{after}</ins>}
        </span>
      ))}
    </span>
  );
};
