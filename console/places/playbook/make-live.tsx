import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { RapportProblem } from "#client/problem.ts";
import { Button } from "#console/ui/button.tsx";
import { Dialog, DialogActions } from "#console/ui/dialog.tsx";
import { ProblemState } from "#console/ui/problem.tsx";
import { toast } from "#console/ui/toast.tsx";
import { everywhere } from "#console/words/everywhere.ts";
import { useWords } from "#console/words/language.tsx";
import styles from "./draft.module.css";
import { MovedPeople } from "./moved.tsx";
import { movedWords } from "./moved-words.ts";
import { useVersionPreview } from "./version-preview.ts";

type MakeLiveProps = {
  readonly title: string;
  readonly button: string;
  /** What is said once it is live. */
  readonly done: string;
  /** The draft or the version. */
  readonly subject: string;
  /** Gives the version that is to be. */
  readonly keep: () => Promise<string>;
  readonly publish: (confirm: { readonly confirm?: string }) => Promise<unknown>;
  readonly onRefused?: () => void;
  readonly blocked?: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
};

/** How many people the hub says are moved, where it wants somebody to have looked at that first. */
const concernedIn = (error: unknown): number | null => {
  if (!(error instanceof RapportProblem) || error.code !== "confirmation_needed") return null;
  const inside: unknown = Reflect.get(error.problem, "inside");
  return typeof inside === "number" ? inside : 0;
};

/** Asks before something is made live. Where that moves many people, it shows first what becomes of them. */
export const MakeLive = ({ open, ...props }: MakeLiveProps & { readonly open: boolean }) => {
  const { words } = useWords(everywhere);
  return (
    <Dialog title={props.title} closeLabel={words.close} open={open} onClose={props.onClose}>
      <Question {...props} />
    </Dialog>
  );
};

const Question = (props: MakeLiveProps) => {
  const { button, done, subject, keep, publish, onRefused, blocked = false, onClose, children } = props;
  const { words, formats } = useWords(movedWords);
  const { words: usual } = useWords(everywhere);
  const queries = useQueryClient();
  const preview = useVersionPreview(subject, keep);
  const [concerned, setConcerned] = useState<number | null>(null);
  const token = preview.found?.token ?? null;
  const live = useMutation({
    mutationFn: () => publish(token === null ? {} : { confirm: token }),
    onSuccess: () => {
      toast(done);
      void queries.invalidateQueries();
      onClose();
    },
    onError: (error) => {
      const people = concernedIn(error);
      // What was seen speaks no longer for what is to be: somebody changed it, or a day went by.
      if (people !== null && token !== null) preview.forget();
      setConcerned(people);
      onRefused?.();
    },
  });
  const mustLook = concerned !== null && token === null;
  return (
    <div className={styles.form}>
      {children}
      {concerned !== null && (
        <>
          <p role="alert">
            <strong>{formats.count(concerned, words.concerned)}</strong> {mustLook && words.lookFirst}
          </p>
          <MovedPeople preview={preview} />
        </>
      )}
      {live.isError && concerned === null && <ProblemState error={live.error} />}
      <DialogActions>
        <Button onClick={onClose}>{usual.cancel}</Button>
        {concerned !== null && (
          <Button aria-disabled={preview.isRunning} onClick={() => !preview.isRunning && preview.start()}>
            {preview.isRunning ? words.looking : words.look}
          </Button>
        )}
        <Button look="primary" disabled={live.isPending || blocked || mustLook} onClick={() => live.mutate()}>
          {concerned === null ? button : words.confirm}
        </Button>
      </DialogActions>
    </div>
  );
};
