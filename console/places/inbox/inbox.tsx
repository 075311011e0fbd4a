import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useMemo, useRef } from "react";
import type { ConversationRow } from "#client/api.generated.ts";
import { playbookQuery } from "#console/data/playbook.ts";
import { useOwnName } from "#console/data/who.ts";
import { Choice } from "#console/ui/choice.tsx";
import { useKeys } from "#console/ui/keys.ts";
import { Page } from "#console/ui/page.tsx";
import { EmptyState } from "#console/ui/states.tsx";
import { useWords } from "#console/words/language.tsx";
import { listQuery } from "./data.ts";
import styles from "./inbox.module.css";
import { ConversationList } from "./list.tsx";
import { teamsIn } from "./teams.ts";
import { Thread } from "./thread.tsx";
import { askedFor, type Looked, lookedAt, type Search, SORTS, searchWith, VIEWS } from "./views.ts";
import { inboxWords } from "./words.ts";

const route = getRouteApi("/inbox");

/** What customers wrote, and who answers: the conversations beside the one that is open. All of it goes by keys. */
export const Inbox = () => {
  const { words } = useWords(inboxWords);
  const me = useOwnName();
  const search = route.useSearch();
  const looked = lookedAt(search);
  const navigate = route.useNavigate();
  const asked = askedFor(looked, me);
  const pages = useInfiniteQuery({ ...listQuery(asked), enabled: asked !== null && me !== "" });
  const rows = useMemo(() => pages.data?.pages.flatMap(({ items }) => items) ?? [], [pages.data]);
  const list = useRef<HTMLDivElement>(null);
  const open = (conversationId: string | undefined): void =>
    void navigate({ search: searchWith(search, { open: conversationId }), replace: true });
  // What was answered may have left the list: keys go on from there all the same.
  const backToList = (): void =>
    (list.current?.querySelector<HTMLElement>("[aria-current]") ?? list.current)?.focus();
  const step = (by: number): void => goBy(by, { rows, at: looked.open, open, list: list.current });
  useKeys({ j: () => step(1), k: () => step(-1) });
  return (
    <Page title={words.title} aside={<Filters looked={looked} />}>
      <div className={styles.panes} {...(looked.open === undefined ? {} : { "data-open": "" })}>
        <ConversationList
          key={JSON.stringify(asked)}
          ref={list}
          pages={pages}
          rows={rows}
          looked={looked}
          me={me}
          onOpen={open}
        />
        {looked.open === undefined ? (
          <div className={styles.nothing}>
            <EmptyState title={words.nothingOpenTitle}>
              <p>{words.nothingOpen}</p>
            </EmptyState>
          </div>
        ) : (
          <Thread
            key={looked.open}
            id={looked.open}
            me={me}
            onNext={() => step(1)}
            onLeave={() => open(undefined)}
            onBack={backToList}
          />
        )}
      </div>
    </Page>
  );
};

/** Opens the conversation so many lines further, and puts the focus on its line. */
const goBy = (
  by: number,
  {
    rows,
    at,
    open,
    list,
  }: {
    readonly rows: readonly ConversationRow[];
    readonly at: string | undefined;
    readonly open: (conversationId: string) => void;
    readonly list: HTMLElement | null;
  },
): void => {
  const place = rows.findIndex(({ conversationId }) => conversationId === at);
  const next = rows[place === -1 ? 0 : Math.max(0, Math.min(rows.length - 1, place + by))];
  if (next === undefined) return;
  open(next.conversationId);
  // The line may have to be drawn before it can take the focus.
  requestAnimationFrame(() =>
    list?.querySelector<HTMLElement>(`[data-id="${next.conversationId}"]`)?.focus(),
  );
};

const Filters = ({ looked }: { readonly looked: Looked }) => {
  const { words } = useWords(inboxWords);
  const navigate = route.useNavigate();
  const teams = useQuery({ ...playbookQuery(), enabled: looked.view === "team" });
  const search = route.useSearch();
  const look = (parts: Search): void =>
    void navigate({ search: searchWith(search, { ...parts, open: undefined }), replace: true });
  const named = teamsIn(teams.data?.files["conversations.yaml"]);
  return (
    <>
      <Choice
        label={words.viewLabel}
        value={looked.view}
        onChange={(view) => look({ view })}
        options={VIEWS.map((name) => ({ name, title: words.views[name] }))}
      />
      {looked.view === "team" && (
        <select
          className={styles.filter}
          aria-label={words.teamLabel}
          value={looked.team}
          onChange={(event) => look({ team: event.target.value })}
        >
          <option value="">{words.chooseTeam}</option>
          {[...new Set([...named, ...(looked.team === "" ? [] : [looked.team])])].map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      )}
      <select
        className={styles.filter}
        aria-label={words.sortLabel}
        value={looked.sort}
        onChange={(event) => look({ sort: SORTS.find((name) => name === event.target.value) ?? "waiting" })}
      >
        {SORTS.map((name) => (
          <option key={name} value={name}>
            {words.sorts[name]}
          </option>
        ))}
      </select>
    </>
  );
};
