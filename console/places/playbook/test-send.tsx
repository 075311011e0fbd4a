import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useRef, useState } from "react";
import { newId } from "#client/event.ts";
import { call } from "#console/data/api.ts";
import { useMay } from "#console/data/session.ts";
import { Button } from "#console/ui/button.tsx";
import { Dialog, DialogActions } from "#console/ui/dialog.tsx";
import { TextField } from "#console/ui/field.tsx";
import look from "#console/ui/look.module.css";
import { ProblemState } from "#console/ui/problem.tsx";
import { toast } from "#console/ui/toast.tsx";
import { wordFor } from "#console/words/catalogue.ts";
import { everywhere } from "#console/words/everywhere.ts";
import { useWords } from "#console/words/language.tsx";
import { reasons } from "#console/words/reasons.ts";
import styles from "./draft.module.css";
import { editorWords } from "./editor-words.ts";
import { type Shown, TEST_ADDRESSES, testRequest } from "./test-request.ts";

/** Sends what the preview shows to an address that one names. */
export const TestSend = ({ channel, shown }: { readonly channel: string; readonly shown: Shown }) => {
  const { words } = useWords(editorWords);
  const { words: usual } = useWords(everywhere);
  const { words: why } = useWords(reasons);
  const may = useMay("requestMessage");
  const [open, setOpen] = useState(false);
  const [to, setTo] = useState("");
  // The same test sent again after a lost answer is the same message.
  const sent = useRef({ body: "", key: "" });
  const send = useMutation({
    mutationFn: () => {
      const body = testRequest(shown, { channel, to, mark: words.testMark });
      const text = JSON.stringify(body);
      if (sent.current.body !== text) sent.current = { body: text, key: newId() };
      return call("POST /v1/messages", { body, idempotencyKey: sent.current.key });
    },
    onSuccess: ({ status }) => {
      if (status !== "requested") return;
      toast(words.testSent);
      setOpen(false);
      sent.current = { body: "", key: "" };
    },
  });
  if (!may || TEST_ADDRESSES[channel] === undefined) return null;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (to.trim() !== "" && !send.isPending) send.mutate();
  };
  return (
    <>
      <Button onClick={() => setOpen(true)}>{words.testSend}</Button>
      <Dialog title={words.testSend} closeLabel={usual.close} open={open} onClose={() => setOpen(false)}>
        <form onSubmit={submit} className={styles.form}>
          <TextField
            label={words.testTo}
            hint={words.testHint}
            value={to}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => setTo(event.target.value)}
            autoFocus
          />
          {send.isError && <ProblemState error={send.error} />}
          {send.data?.status === "rejected" && (
            <p className={look.wrong} role="alert">
              {words.testStopped}: {send.data.reasons.map((reason) => wordFor(why, reason)).join(", ")}
            </p>
          )}
          <DialogActions>
            <Button onClick={() => setOpen(false)}>{usual.cancel}</Button>
            <Button type="submit" look="primary" disabled={send.isPending || to.trim() === ""}>
              {words.testSend}
            </Button>
          </DialogActions>
        </form>
      </Dialog>
    </>
  );
};
