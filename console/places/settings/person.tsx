import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Calls } from "#client/api.generated.ts";
import { call } from "#console/data/api.ts";
import { meQuery } from "#console/data/session.ts";
import { Button } from "#console/ui/button.tsx";
import { Checks } from "#console/ui/checks.tsx";
import { Dialog, DialogActions } from "#console/ui/dialog.tsx";
import look from "#console/ui/look.module.css";
import { ProblemState } from "#console/ui/problem.tsx";
import { toast } from "#console/ui/toast.tsx";
import { everywhere } from "#console/words/everywhere.ts";
import { useWords } from "#console/words/language.tsx";
import { type Colleague, peopleQuery, type Role } from "./data.ts";
import { rolesIn } from "./roles.ts";
import styles from "./settings.module.css";
import { settingsWords } from "./words.ts";

type Change = Calls["PUT /v1/people/{id}"]["input"]["body"];

/** Gives somebody roles and takes them, shuts them out, or lets them in again. */
export const PersonDialog = ({
  person,
  onClose,
}: {
  /** Null: the dialog is closed. */
  readonly person: Colleague | null;
  readonly onClose: () => void;
}) => {
  const { words: usual } = useWords(everywhere);
  return (
    <Dialog title={person?.name ?? ""} closeLabel={usual.close} open={person !== null} onClose={onClose}>
      {person !== null && <Standing person={person} onClose={onClose} />}
    </Dialog>
  );
};

const Standing = ({ person, onClose }: { readonly person: Colleague; readonly onClose: () => void }) => {
  const { words } = useWords(settingsWords);
  const { words: usual } = useWords(everywhere);
  const queries = useQueryClient();
  const { personId, enabled, invited } = person;
  const isMe = useQuery(meQuery).data?.personId === personId;
  const [roles, setRoles] = useState<readonly Role[]>(person.roles);
  const done = (text: string): void => {
    toast(text);
    void queries.invalidateQueries(peopleQuery());
    onClose();
  };
  const changing = useMutation({
    mutationFn: (body: Change) => call("PUT /v1/people/{id}", { path: { id: personId }, body }),
    onSuccess: (_, body) => done(body.enabled === false ? words.shutOut : words.changed),
  });
  const inviting = useMutation({
    mutationFn: () => call("POST /v1/people/{id}/invite", { path: { id: personId } }),
    onSuccess: () => done(words.inviteSent(person.name)),
  });
  const isPending = changing.isPending || inviting.isPending;
  return (
    <div className={styles.form}>
      <Checks
        label={words.roles}
        chosen={roles}
        onChange={setRoles}
        options={rolesIn(words.aboutRoles).map((one) => ({ ...one, fixed: isMe && one.name === "admin" }))}
      />
      <p className={look.quiet}>{isMe ? words.notYourself : words.followSoon}</p>
      {changing.isError && <ProblemState error={changing.error} />}
      {inviting.isError && <ProblemState error={inviting.error} />}
      <DialogActions>
        {!isMe && (
          <Button
            look={enabled ? "danger" : "usual"}
            disabled={isPending}
            onClick={() => changing.mutate({ enabled: !enabled })}
          >
            {enabled ? words.disable : words.enable}
          </Button>
        )}
        {invited === true && (
          <Button disabled={isPending} onClick={() => inviting.mutate()}>
            {words.inviteAgain}
          </Button>
        )}
        <Button onClick={onClose}>{usual.cancel}</Button>
        <Button look="primary" disabled={isPending} onClick={() => changing.mutate({ roles })}>
          {words.save}
        </Button>
      </DialogActions>
    </div>
  );
};
