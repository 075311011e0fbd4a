import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useRef, useState } from "react";
import type { MessageRequest, Playbook, Profile } from "#client/api.generated.ts";
import { newId } from "#client/event.ts";
import { call } from "#console/data/api.ts";
import { playbookQuery } from "#console/data/playbook.ts";
import { Asked } from "#console/ui/asked.tsx";
import { Button } from "#console/ui/button.tsx";
import { Dialog, DialogActions } from "#console/ui/dialog.tsx";
import { Select, TextArea, TextField } from "#console/ui/field.tsx";
import look from "#console/ui/look.module.css";
import { ProblemState } from "#console/ui/problem.tsx";
import { toast } from "#console/ui/toast.tsx";
import { wordFor } from "#console/words/catalogue.ts";
import { everywhere } from "#console/words/everywhere.ts";
import { useWords } from "#console/words/language.tsx";
import { reasons } from "#console/words/reasons.ts";
import { timelineQuery } from "./data.ts";
import styles from "./why.module.css";
import { customerWords } from "./words.ts";

/** In place of a treatment's name: the words are the sender's own. */
const OWN = "";
type Draft = {
  readonly category: string;
  readonly channel: string;
  readonly treatment: string;
  readonly subject: string;
  readonly text: string;
};

const requestOf = (to: string, draft: Draft): MessageRequest => ({
  to,
  category: draft.category,
  ...(draft.channel === "" ? {} : { channel: draft.channel }),
  ...(draft.treatment === OWN ? { content: contentOf(draft) } : { treatment: draft.treatment }),
});

/** What each channel takes of it: a mail the subject, a phone the title. */
const contentOf = ({ subject, text }: Draft): NonNullable<MessageRequest["content"]> => ({
  ...(subject === "" ? {} : { subject, title: subject }),
  text,
  body: text.slice(0, 4_000),
});

/** Sends a customer one message. It is not said to be sent before the hub has taken it. */
export const SendDialog = ({
  profile,
  open,
  onClose,
}: {
  readonly profile: Profile;
  readonly open: boolean;
  readonly onClose: () => void;
}) => {
  const { words } = useWords(customerWords);
  const { words: usual } = useWords(everywhere);
  const playbook = useQuery({ ...playbookQuery(), enabled: open });
  return (
    <Dialog title={words.sendTitle} closeLabel={usual.close} open={open} onClose={onClose}>
      <Asked query={playbook}>
        {(data) => <SendForm profile={profile} playbook={data} onDone={onClose} />}
      </Asked>
    </Dialog>
  );
};

const useSending = (profile: Profile, onDone: () => void) => {
  const { words } = useWords(customerWords);
  const queries = useQueryClient();
  // The same words sent again after a lost answer are the same message; other words are another one.
  const sent = useRef({ body: "", key: "" });
  return useMutation({
    mutationFn: (draft: Draft) => {
      const body = requestOf(profile.customerId, draft);
      const text = JSON.stringify(body);
      if (sent.current.body !== text) sent.current = { body: text, key: newId() };
      return call("POST /v1/messages", { body, idempotencyKey: sent.current.key });
    },
    onSuccess: ({ status }) => {
      void queries.invalidateQueries(timelineQuery(profile.customerId));
      if (status !== "requested") return;
      toast(words.accepted);
      onDone();
    },
  });
};

const SendForm = ({
  profile,
  playbook,
  onDone,
}: {
  readonly profile: Profile;
  readonly playbook: Playbook;
  readonly onDone: () => void;
}) => {
  const { words } = useWords(customerWords);
  const { words: usual } = useWords(everywhere);
  const categories = [...new Set(playbook.actions.map(({ category }) => category))];
  const [draft, setDraft] = useState<Draft>({
    category: categories[0] ?? "",
    channel: profile.addresses[0]?.channel ?? "",
    treatment: OWN,
    subject: "",
    text: "",
  });
  const [tried, setTried] = useState(false);
  const sending = useSending(profile, onDone);
  const set = (part: Partial<Draft>): void => setDraft({ ...draft, ...part });
  const isEmpty = draft.treatment === OWN && draft.text.trim() === "";
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (!isEmpty && !sending.isPending) sending.mutate(draft);
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <p className={look.small}>{words.sendHint}</p>
      <div className={styles.two}>
        <Select
          label={words.category}
          // The form comes after its dialog has opened.
          autoFocus
          value={draft.category}
          onChange={(event) => set({ category: event.target.value })}
        >
          {categories.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </Select>
        <Select
          label={words.channel}
          value={draft.channel}
          onChange={(event) => set({ channel: event.target.value, treatment: OWN })}
        >
          <option value="">{words.bestChannel}</option>
          {[...new Set(profile.addresses.map(({ channel }) => channel))].map((name) => (
            <option key={name}>{name}</option>
          ))}
        </Select>
      </div>
      <Words
        draft={draft}
        set={set}
        playbook={playbook}
        wrong={tried && isEmpty ? words.textNeeded : undefined}
      />
      {sending.isError && <ProblemState error={sending.error} />}
      {sending.data?.status === "rejected" && <Stopped reasons={sending.data.reasons} />}
      <DialogActions>
        <Button onClick={onDone}>{usual.cancel}</Button>
        <Button type="submit" look="primary" disabled={sending.isPending}>
          {sending.isPending ? words.sending : words.sendButton}
        </Button>
      </DialogActions>
    </form>
  );
};

/** Own words, or a text of the playbook. */
const Words = ({
  draft,
  set,
  playbook,
  wrong,
}: {
  readonly draft: Draft;
  readonly set: (part: Partial<Draft>) => void;
  readonly playbook: Playbook;
  readonly wrong: string | undefined;
}) => {
  const { words } = useWords(customerWords);
  const treatments = playbook.actions
    .flatMap((action) => action.treatments)
    .filter(({ channel }) => draft.channel === "" || channel === draft.channel);
  return (
    <>
      <Select
        label={words.what}
        value={draft.treatment}
        onChange={(event) => set({ treatment: event.target.value })}
      >
        <option value={OWN}>{words.ownWords}</option>
        <optgroup label={words.treatment}>
          {[...new Set(treatments.map(({ treatment }) => treatment))].map((name) => (
            <option key={name}>{name}</option>
          ))}
        </optgroup>
      </Select>
      {draft.treatment === OWN && (
        <>
          <TextField
            label={words.subject}
            maxLength={500}
            value={draft.subject}
            onChange={(event) => set({ subject: event.target.value })}
          />
          <TextArea
            label={words.text}
            rows={6}
            wrong={wrong}
            value={draft.text}
            onChange={(event) => set({ text: event.target.value })}
          />
        </>
      )}
    </>
  );
};

const Stopped = ({ reasons: names }: { readonly reasons: readonly string[] }) => {
  const { words, formats } = useWords(customerWords);
  const { words: named } = useWords(reasons);
  return (
    <p role="alert">
      <strong>{words.stopped}:</strong> {formats.list(names.map((name) => wordFor(named, name)))}
    </p>
  );
};
