import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useMay } from "#console/data/session.ts";
import { Asked } from "#console/ui/asked.tsx";
import { Button } from "#console/ui/button.tsx";
import { Select, TextField } from "#console/ui/field.tsx";
import look from "#console/ui/look.module.css";
import { Section } from "#console/ui/panel.tsx";
import { ProblemState } from "#console/ui/problem.tsx";
import { EmptyState } from "#console/ui/states.tsx";
import { everywhere } from "#console/words/everywhere.ts";
import { useWords } from "#console/words/language.tsx";
import { Entries } from "./audit-entries.tsx";
import { auditWords } from "./audit-words.ts";
import { type AuditEntry, type AuditFilter, auditQuery, keysQuery, peopleQuery } from "./data.ts";
import styles from "./settings.module.css";

const route = getRouteApi("/settings");

/** Who changed what, newest first. */
export const Audit = () => {
  const { words } = useWords(auditWords);
  const { words: usual } = useWords(everywhere);
  const { view: _view, ...filter } = route.useSearch();
  const entries = useInfiniteQuery(auditQuery(filter));
  const items = entries.data?.pages.flatMap((page) => page.items);
  return (
    <Section title={words.title}>
      <p className={look.quiet}>{words.hint}</p>
      <Filters filter={filter} />
      <Asked query={entries}>
        {() => (
          <Found
            entries={items ?? []}
            isFiltered={Object.keys(filter).length > 0}
            isWhole={!entries.hasNextPage}
          />
        )}
      </Asked>
      {entries.isFetchNextPageError && <ProblemState error={entries.error} />}
      {entries.hasNextPage && (
        <p>
          <Button disabled={entries.isFetchingNextPage} onClick={() => void entries.fetchNextPage()}>
            {usual.more}
          </Button>
        </p>
      )}
    </Section>
  );
};

const Found = ({
  entries,
  isFiltered,
  isWhole,
}: {
  readonly entries: readonly AuditEntry[];
  readonly isFiltered: boolean;
  readonly isWhole: boolean;
}) => {
  const { words } = useWords(auditWords);
  if (entries.length > 0) return <Entries entries={entries} />;
  return (
    <EmptyState title={isFiltered ? words.noneOfThese : words.noneTitle}>
      <p>{isWhole ? words.none : words.noneYet}</p>
    </EmptyState>
  );
};

const Filters = ({ filter }: { readonly filter: AuditFilter }) => {
  const { words } = useWords(auditWords);
  const navigate = route.useNavigate();
  const actors = useActors();
  const choose = (next: Partial<Record<keyof AuditFilter, string | undefined>>): void => {
    const wanted = Object.entries({ ...filter, ...next }).filter(([, value]) => value);
    void navigate({ search: { view: "audit", ...Object.fromEntries(wanted) }, replace: true });
  };
  return (
    <div className={styles.filters}>
      <Select
        label={words.who}
        value={filter.actor ?? ""}
        onChange={(event) => choose({ actor: event.target.value })}
      >
        <option value="">{words.anybody}</option>
        {filter.actor !== undefined && !actors.some(({ id }) => id === filter.actor) && (
          <option value={filter.actor}>{filter.actor}</option>
        )}
        {actors.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </Select>
      <Select
        label={words.what}
        value={filter.call ?? ""}
        onChange={(event) => choose({ call: event.target.value })}
      >
        <option value="">{words.anything}</option>
        {Object.entries(words.calls).map(([id, said]) => (
          <option key={id} value={id}>
            {said}
          </option>
        ))}
      </Select>
      {(["from", "to"] as const).map((end) => (
        <TextField
          key={end}
          type="date"
          label={words[end]}
          value={filter[end] ?? ""}
          min={end === "to" ? filter.from : undefined}
          max={end === "from" ? filter.to : undefined}
          onChange={(event) => choose({ [end]: event.target.value })}
        />
      ))}
      {filter.target !== undefined && (
        <p className={styles.target}>
          <span>{words.onlyAbout}</span> <code>{filter.target}</code>
          <Button className={styles.act} onClick={() => choose({ target: undefined })}>
            {words.aboutAll}
          </Button>
        </p>
      )}
    </div>
  );
};

/** Whoever may have done something: people, and keys where somebody may see them. */
const useActors = (): readonly { readonly id: string; readonly name: string }[] => {
  const { words } = useWords(auditWords);
  const people = useQuery(peopleQuery());
  const keys = useQuery({ ...keysQuery(), enabled: useMay("listKeys") });
  const ofKeys = new Map((keys.data ?? []).map(({ id, name }) => [id, words.key(name)]));
  return [
    ...(people.data ?? []).map(({ personId, name }) => ({ id: personId, name })),
    ...[...ofKeys].map(([id, name]) => ({ id, name })),
  ];
};
