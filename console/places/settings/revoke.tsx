import { useMutation, useQueryClient } from "@tanstack/react-query";
import { call } from "#console/data/api.ts";
import { Button } from "#console/ui/button.tsx";
import { Dialog, DialogActions } from "#console/ui/dialog.tsx";
import { ProblemState } from "#console/ui/problem.tsx";
import { toast } from "#console/ui/toast.tsx";
import { everywhere } from "#console/words/everywhere.ts";
import { useWords } from "#console/words/language.tsx";
import { type Key, keysQuery } from "./data.ts";
import { keyWords } from "./key-words.ts";
import styles from "./settings.module.css";

/** Asks before a key is revoked: that is not taken back. */
export const RevokeDialog = ({
  revoking,
  onClose,
}: {
  /** Null: the dialog is closed. */
  readonly revoking: Key | null;
  readonly onClose: () => void;
}) => {
  const { words } = useWords(keyWords);
  const { words: usual } = useWords(everywhere);
  return (
    <Dialog title={words.revokeTitle} closeLabel={usual.close} open={revoking !== null} onClose={onClose}>
      {revoking !== null && <Revoking revoking={revoking} onClose={onClose} />}
    </Dialog>
  );
};

/** What comes of revoking a key, and the button. */
export const Revoking = ({ revoking, onClose }: { readonly revoking: Key; readonly onClose: () => void }) => {
  const { words } = useWords(keyWords);
  const { words: usual } = useWords(everywhere);
  const queries = useQueryClient();
  const { id, name } = revoking;
  const revoke = useMutation({
    mutationFn: () => call("DELETE /v1/keys/{id}", { path: { id } }),
    onSuccess: () => {
      toast(words.revoked(name));
      void queries.invalidateQueries(keysQuery());
      onClose();
    },
  });
  return (
    <div className={styles.form}>
      <p>
        {words.revokeHint} <bdi>{name}</bdi> <code>{id}</code>
      </p>
      {revoke.isError && <ProblemState error={revoke.error} />}
      <DialogActions>
        <Button onClick={onClose} autoFocus>
          {usual.cancel}
        </Button>
        <Button look="danger" disabled={revoke.isPending} onClick={() => revoke.mutate()}>
          {words.revoke}
        </Button>
      </DialogActions>
    </div>
  );
};
