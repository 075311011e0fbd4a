import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { call } from "#console/data/api.ts";
import { Button } from "#console/ui/button.tsx";
import { Checks } from "#console/ui/checks.tsx";
import { Dialog, DialogActions } from "#console/ui/dialog.tsx";
import { TextField } from "#console/ui/field.tsx";
import { ProblemState } from "#console/ui/problem.tsx";
import { toast } from "#console/ui/toast.tsx";
import { everywhere } from "#console/words/everywhere.ts";
import { useWords } from "#console/words/language.tsx";
import { peopleQuery, type Role } from "./data.ts";
import { rolesIn } from "./roles.ts";
import styles from "./settings.module.css";
import { settingsWords } from "./words.ts";

/** Lets a colleague log in. */
export const InviteDialog = ({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) => {
  const { words } = useWords(settingsWords);
  const { words: usual } = useWords(everywhere);
  return (
    <Dialog title={words.inviteTitle} closeLabel={usual.close} open={open} onClose={onClose}>
      <Invitation onClose={onClose} />
    </Dialog>
  );
};

const Invitation = ({ onClose }: { readonly onClose: () => void }) => {
  const { words } = useWords(settingsWords);
  const { words: usual } = useWords(everywhere);
  const queries = useQueryClient();
  const [email, setEmail] = useState("");
  const [name, setName] = useState("");
  const [roles, setRoles] = useState<readonly Role[]>(["viewer"]);
  const inviting = useMutation({
    mutationFn: () => call("POST /v1/people", { body: { email: email.trim(), name: name.trim(), roles } }),
    onSuccess: (person) => {
      toast(words.inviteSent(person.name));
      void queries.invalidateQueries(peopleQuery());
      onClose();
    },
  });
  const isWhole = email.trim() !== "" && name.trim() !== "";
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (isWhole && !inviting.isPending) inviting.mutate();
  };
  return (
    <form onSubmit={submit} className={styles.form}>
      <TextField
        label={words.name}
        value={name}
        maxLength={100}
        autoComplete="off"
        onChange={(event) => setName(event.target.value)}
      />
      <TextField
        label={words.email}
        hint={words.inviteHint}
        type="email"
        value={email}
        maxLength={128}
        autoComplete="off"
        onChange={(event) => setEmail(event.target.value)}
      />
      <Checks label={words.roles} chosen={roles} onChange={setRoles} options={rolesIn(words.aboutRoles)} />
      {inviting.isError && <ProblemState error={inviting.error} />}
      <DialogActions>
        <Button onClick={onClose}>{usual.cancel}</Button>
        <Button type="submit" look="primary" disabled={!isWhole || inviting.isPending}>
          {words.inviteButton}
        </Button>
      </DialogActions>
    </form>
  );
};
