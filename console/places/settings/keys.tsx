import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useMay } from "#console/data/session.ts";
import { Asked } from "#console/ui/asked.tsx";
import { Badge } from "#console/ui/badge.tsx";
import { Button } from "#console/ui/button.tsx";
import { Choice } from "#console/ui/choice.tsx";
import { Kbd } from "#console/ui/kbd.tsx";
import { useKeys } from "#console/ui/keys.ts";
import look from "#console/ui/look.module.css";
import { Section } from "#console/ui/panel.tsx";
import { EmptyState } from "#console/ui/states.tsx";
import { Table } from "#console/ui/table.tsx";
import { useWords } from "#console/words/language.tsx";
import { type Key, keysQuery, type Scope } from "./data.ts";
import { KeyDialog, type Wish } from "./key-dialog.tsx";
import { keyWords } from "./key-words.ts";
import { RevokeDialog } from "./revoke.tsx";
import styles from "./settings.module.css";

const NEW: Wish = { name: "", kind: "secret", scopes: [] };

/** What programs call the API with. */
export const Keys = () => {
  const { words } = useWords(keyWords);
  const keys = useQuery(keysQuery());
  const mayMake = useMay("createKey");
  const [shown, setShown] = useState<"live" | "all">("live");
  const [wish, setWish] = useState<Wish | null>(null);
  const [revoking, setRevoking] = useState<Key | null>(null);
  useKeys(mayMake ? { n: () => setWish(NEW) } : {});
  return (
    <Section
      title={words.title}
      aside={
        <span className={styles.acts}>
          <Choice
            label={words.which}
            value={shown}
            onChange={setShown}
            options={[
              { name: "live", title: words.live },
              { name: "all", title: words.all },
            ]}
          />
          {mayMake && (
            <Button look="primary" onClick={() => setWish(NEW)}>
              {words.make} <Kbd keys="n" />
            </Button>
          )}
        </span>
      }
    >
      <p className={look.quiet}>{words.hint}</p>
      <Asked query={keys}>
        {(items) => (
          <KeyTable
            keys={items.filter(({ revokedAt }) => shown === "all" || revokedAt === undefined)}
            onReplace={setWish}
            onRevoke={setRevoking}
          />
        )}
      </Asked>
      <KeyDialog wish={wish} onClose={() => setWish(null)} />
      <RevokeDialog revoking={revoking} onClose={() => setRevoking(null)} />
    </Section>
  );
};

const KeyTable = ({
  keys,
  onReplace,
  onRevoke,
}: {
  readonly keys: readonly Key[];
  readonly onReplace: (wish: Wish) => void;
  readonly onRevoke: (key: Key) => void;
}) => {
  const { words, formats } = useWords(keyWords);
  if (keys.length === 0)
    return (
      <EmptyState title={words.noneTitle}>
        <p>{words.none}</p>
      </EmptyState>
    );
  return (
    <Table
      cards
      caption={words.title}
      rows={keys}
      rowKey={({ id, createdAt, revokedAt }) => `${id} ${createdAt} ${revokedAt}`}
      columns={[
        { name: "name", head: words.name, cell: ({ name }) => <bdi>{name}</bdi> },
        { name: "id", head: words.id, cell: ({ id }) => <code>{id}</code> },
        { name: "scopes", head: words.scopes, cell: (key) => <Scopes of={key} /> },
        {
          name: "made",
          head: words.made,
          cell: ({ createdAt }) =>
            createdAt === undefined ? words.madeEarlier : formats.ago(createdAt, Date.now()),
        },
        {
          name: "do",
          head: words.state,
          figure: true,
          cell: (key) =>
            key.revokedAt === undefined ? (
              <KeyActs of={key} onReplace={onReplace} onRevoke={onRevoke} />
            ) : (
              <Badge tone="bad">{words.revokedAgo(formats.ago(key.revokedAt, Date.now()))}</Badge>
            ),
        },
      ]}
    />
  );
};

const KeyActs = ({
  of,
  onReplace,
  onRevoke,
}: {
  readonly of: Key;
  readonly onReplace: (wish: Wish) => void;
  readonly onRevoke: (key: Key) => void;
}) => {
  const { words } = useWords(keyWords);
  const [mayMake, mayRevoke] = [useMay("createKey"), useMay("revokeKey")];
  const { name, kind, scopes } = of;
  return (
    <span className={styles.acts}>
      {mayMake && (
        <Button
          className={styles.act}
          aria-label={`${words.replace}: ${name}`}
          onClick={() => onReplace({ name, kind, scopes, replaces: of })}
        >
          {words.replace}
        </Button>
      )}
      {mayRevoke && (
        <Button className={styles.act} aria-label={`${words.revoke}: ${name}`} onClick={() => onRevoke(of)}>
          {words.revoke}
        </Button>
      )}
    </span>
  );
};

const Scopes = ({ of: { kind, scopes } }: { readonly of: Key }) => {
  const { words } = useWords(keyWords);
  const all = Object.keys(words.aboutScopes) as Scope[];
  if (kind === "write") return <Badge tone="wait">{words.isPublic}</Badge>;
  if (all.every((scope) => scopes.includes(scope))) return words.everything;
  return (
    <span className={styles.badges}>
      {scopes.map((scope) => (
        <Badge key={scope}>{scope}</Badge>
      ))}
    </span>
  );
};
