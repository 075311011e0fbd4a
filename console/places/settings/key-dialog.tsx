import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { call } from "#console/data/api.ts";
import { Button } from "#console/ui/button.tsx";
import { Checks } from "#console/ui/checks.tsx";
import { Choice } from "#console/ui/choice.tsx";
import { Dialog, DialogActions } from "#console/ui/dialog.tsx";
import { TextField } from "#console/ui/field.tsx";
import look from "#console/ui/look.module.css";
import { ProblemState } from "#console/ui/problem.tsx";
import { toast } from "#console/ui/toast.tsx";
import { everywhere } from "#console/words/everywhere.ts";
import { useWords } from "#console/words/language.tsx";
import { type Key, keysQuery, type Scope } from "./data.ts";
import { keyWords } from "./key-words.ts";
import { Revoking } from "./revoke.tsx";
import styles from "./settings.module.css";

/** A key that is to be made. */
export type Wish = {
  readonly name: string;
  readonly kind: Key["kind"];
  readonly scopes: readonly Scope[];
  /** The key in whose place it comes. */
  readonly replaces?: Key;
};

/** Makes a key, and shows it the once. */
export const KeyDialog = ({
  wish,
  onClose,
}: {
  /** Null: the dialog is closed. */
  readonly wish: Wish | null;
  readonly onClose: () => void;
}) => {
  const { words } = useWords(keyWords);
  const { words: usual } = useWords(everywhere);
  const title = wish?.replaces === undefined ? words.makeTitle : words.replaceTitle(wish.name);
  return (
    <Dialog title={title} closeLabel={usual.close} open={wish !== null} onClose={onClose}>
      {wish !== null && <Making wish={wish} onClose={onClose} />}
    </Dialog>
  );
};

const Making = ({ wish, onClose }: { readonly wish: Wish; readonly onClose: () => void }) => {
  const { words } = useWords(keyWords);
  const { words: usual } = useWords(everywhere);
  const queries = useQueryClient();
  const [name, setName] = useState(wish.name);
  const [kind, setKind] = useState(wish.kind);
  const [scopes, setScopes] = useState(wish.scopes);
  const making = useMutation({
    mutationFn: () =>
      call("POST /v1/keys", {
        body: { name: name.trim(), kind, scopes: kind === "write" ? [] : scopes },
      }),
    onSuccess: () => void queries.invalidateQueries(keysQuery()),
  });
  const isWhole = name.trim() !== "" && (kind === "write" || scopes.length > 0);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (isWhole && !making.isPending) making.mutate();
  };
  if (making.data !== undefined)
    return <Made secret={making.data.key} replaces={wish.replaces} onClose={onClose} />;
  return (
    <form onSubmit={submit} className={styles.form}>
      {wish.replaces !== undefined && <p>{words.replaceHint}</p>}
      <TextField
        label={words.name}
        hint={words.nameHint}
        value={name}
        maxLength={100}
        autoComplete="off"
        onChange={(event) => setName(event.target.value)}
      />
      <Choice
        label={words.kind}
        value={kind}
        onChange={setKind}
        options={[
          { name: "secret", title: words.secret },
          { name: "write", title: words.write },
        ]}
      />
      {kind === "write" ? (
        <p className={look.quiet}>{words.writeHint}</p>
      ) : (
        <Checks
          label={words.scopes}
          chosen={scopes}
          onChange={setScopes}
          options={(Object.keys(words.aboutScopes) as Scope[]).map((scope) => ({
            name: scope,
            about: words.aboutScopes[scope],
          }))}
        />
      )}
      {making.isError && <ProblemState error={making.error} />}
      <DialogActions>
        <Button onClick={onClose}>{usual.cancel}</Button>
        <Button type="submit" look="primary" disabled={!isWhole || making.isPending}>
          {words.makeButton}
        </Button>
      </DialogActions>
    </form>
  );
};

/** The key itself: it lives in this dialog alone, and is gone when it closes. */
const Made = ({
  secret,
  replaces,
  onClose,
}: {
  readonly secret: string;
  readonly replaces: Key | undefined;
  readonly onClose: () => void;
}) => {
  const { words } = useWords(keyWords);
  const { words: usual } = useWords(everywhere);
  const [revokes, setRevokes] = useState(false);
  const copy = (): void => {
    navigator.clipboard.writeText(secret).then(
      () => toast(usual.copied),
      () => toast(words.copyByHand, "bad"),
    );
  };
  if (revokes && replaces !== undefined) return <Revoking revoking={replaces} onClose={onClose} />;
  return (
    <div className={styles.form}>
      <p role="status">{words.shownOnce}</p>
      <p className={styles.secret}>
        <code>{secret}</code>
        <Button look="primary" onClick={copy} autoFocus>
          {words.copy}
        </Button>
      </p>
      {replaces !== undefined && <p className={look.quiet}>{words.thenRevoke}</p>}
      <DialogActions>
        {replaces !== undefined && <Button onClick={() => setRevokes(true)}>{words.revokeOld}</Button>}
        <Button onClick={onClose}>{words.done}</Button>
      </DialogActions>
    </div>
  );
};
