import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { call } from "#console/data/api.ts";
import { useMay } from "#console/data/session.ts";
import { Button } from "#console/ui/button.tsx";
import { Dialog, DialogActions } from "#console/ui/dialog.tsx";
import { TextArea } from "#console/ui/field.tsx";
import look from "#console/ui/look.module.css";
import { Menu, MenuItem } from "#console/ui/menu.tsx";
import { ProblemState } from "#console/ui/problem.tsx";
import { toast } from "#console/ui/toast.tsx";
import { everywhere } from "#console/words/everywhere.ts";
import { useWords } from "#console/words/language.tsx";
import { draftQuery, draftsQuery, forgetEditor } from "./data.ts";
import styles from "./draft.module.css";
import type { Draft, DraftEditor } from "./editing.ts";
import { MakeLive } from "./make-live.tsx";
import { versionToTry } from "./simulation.ts";
import { playbookWords } from "./words.ts";

type StepsProps = { readonly draft: Draft; readonly editor: DraftEditor; readonly errors: number };
type Open = "propose" | "publish" | "discard" | null;

/** The way of a draft until it is live: propose, approve, publish; or discard. */
export const DraftSteps = ({ draft, editor, errors }: StepsProps) => {
  const { words } = useWords(playbookWords);
  const [open, setOpen] = useState<Open>(null);
  const may = {
    propose: useMay("proposeDraft"),
    approve: useMay("approveDraft"),
    publish: useMay("publishDraft"),
    discard: useMay("discardDraft"),
  };
  const approve = useStep(draft, words.approved, () =>
    call("POST /v1/drafts/{id}/approve", { path: { id: draft.draftId } }),
  );
  if (draft.state === "published") return null;
  const close = (): void => setOpen(null);
  const isReady = draft.state === "approved" || draft.people === 1;
  const isAsked = draft.state === "proposed";
  return (
    <>
      {may.propose && draft.state === "open" && (
        <Button onClick={() => setOpen("propose")}>{words.propose}</Button>
      )}
      {may.approve && isAsked && (
        <Button
          look={isReady ? "usual" : "primary"}
          disabled={approve.isPending}
          onClick={() => approve.mutate()}
        >
          {words.approve}
        </Button>
      )}
      {may.publish && isReady && (
        <Button look="primary" onClick={() => setOpen("publish")}>
          {words.publish}
        </Button>
      )}
      {may.discard && (
        <Menu
          trigger={
            <Button look="plain" icon aria-label={words.more}>
              …
            </Button>
          }
        >
          <MenuItem onSelect={() => setOpen("discard")}>{words.discard}</MenuItem>
        </Menu>
      )}
      <ProposeDialog
        draft={draft}
        editor={editor}
        errors={errors}
        open={open === "propose"}
        onClose={close}
      />
      <PublishDialog
        draft={draft}
        editor={editor}
        errors={errors}
        open={open === "publish"}
        onClose={close}
      />
      <DiscardDialog draft={draft} open={open === "discard"} onClose={close} />
      {approve.isError && (
        <Dialog title={words.approve} closeLabel={words.approve} open onClose={() => approve.reset()}>
          <ProblemState error={approve.error} />
        </Dialog>
      )}
    </>
  );
};

/** A step of a draft; what the hub answers is the draft as it stands then. */
const useStep = <Input,>(draft: Draft, done: string, step: (input: Input) => Promise<Draft>) => {
  const queries = useQueryClient();
  return useMutation<Draft, Error, Input>({
    mutationFn: step,
    onSuccess: (next) => {
      queries.setQueryData(draftQuery(draft.draftId).queryKey, next);
      void queries.invalidateQueries(draftsQuery());
      toast(done);
    },
  });
};

type DialogProps = StepsProps & { readonly open: boolean; readonly onClose: () => void };

const ProposeDialog = ({ draft, editor, errors, open, onClose }: DialogProps) => {
  const { words, formats } = useWords(playbookWords);
  const { words: usual } = useWords(everywhere);
  const [note, setNote] = useState("");
  const propose = useStep(draft, words.proposed, async () => {
    await editor.flush();
    const body = note.trim() === "" ? {} : { note: note.trim() };
    return call("POST /v1/drafts/{id}/propose", { path: { id: draft.draftId }, body });
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    propose.mutate(undefined, { onSuccess: onClose });
  };
  return (
    <Dialog title={words.proposeTitle} closeLabel={usual.close} open={open} onClose={onClose}>
      <form onSubmit={submit} className={styles.form}>
        {errors > 0 && <p className={look.wrong}>{formats.count(errors, words.invalid)}</p>}
        {draft.people > 1 && <p className={look.small}>{words.needsTwo}</p>}
        <TextArea
          label={words.note}
          value={note}
          maxLength={2_000}
          onChange={(event) => setNote(event.target.value)}
          autoFocus
        />
        {propose.isError && <ProblemState error={propose.error} />}
        <DialogActions>
          <Button onClick={onClose}>{usual.cancel}</Button>
          <Button type="submit" look="primary" disabled={propose.isPending || errors > 0}>
            {words.propose}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
};

const PublishDialog = ({ draft, editor, errors, open, onClose }: DialogProps) => {
  const { words, formats } = useWords(playbookWords);
  const queries = useQueryClient();
  const { draftId } = draft;
  const publish = async (confirm: { readonly confirm?: string }) => {
    await editor.flush();
    return call("POST /v1/drafts/{id}/publish", { path: { id: draftId }, body: confirm });
  };
  return (
    <MakeLive
      title={words.publishTitle}
      button={words.publish}
      done={words.published}
      subject={draftId}
      keep={() => versionToTry(draftId, editor)}
      publish={publish}
      // What went live meanwhile is shown in the review.
      onRefused={() => void queries.invalidateQueries(draftQuery(draftId))}
      blocked={errors > 0}
      open={open}
      onClose={onClose}
    >
      <p>{words.publishHint}</p>
      {errors > 0 && <p className={look.wrong}>{formats.count(errors, words.invalid)}</p>}
    </MakeLive>
  );
};

const DiscardDialog = ({ draft, open, onClose }: Pick<DialogProps, "draft" | "open" | "onClose">) => {
  const { words } = useWords(playbookWords);
  const { words: usual } = useWords(everywhere);
  const queries = useQueryClient();
  const navigate = useNavigate();
  const discard = useMutation({
    mutationFn: () => call("DELETE /v1/drafts/{id}", { path: { id: draft.draftId } }),
    onSuccess: async () => {
      toast(words.discarded);
      await navigate({ to: "/playbook" });
      forgetEditor(draft.draftId);
      void queries.invalidateQueries(draftsQuery());
    },
  });
  return (
    <Dialog title={words.discardTitle} closeLabel={usual.close} open={open} onClose={onClose}>
      <div className={styles.form}>
        <p>{words.discardHint}</p>
        {discard.isError && <ProblemState error={discard.error} />}
        <DialogActions>
          <Button onClick={onClose}>{usual.cancel}</Button>
          <Button look="primary" disabled={discard.isPending} onClick={() => discard.mutate()}>
            {words.discard}
          </Button>
        </DialogActions>
      </div>
    </Dialog>
  );
};
