import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { Calls, Profile } from "#client/api.generated.ts";
import { call } from "#console/data/api.ts";
import { playbookQuery } from "#console/data/playbook.ts";
import { profileQuery } from "#console/data/profile.ts";
import { Button } from "#console/ui/button.tsx";
import { Choice } from "#console/ui/choice.tsx";
import { Dialog, DialogActions } from "#console/ui/dialog.tsx";
import { Select, TextArea } from "#console/ui/field.tsx";
import { ProblemState } from "#console/ui/problem.tsx";
import { toast } from "#console/ui/toast.tsx";
import { everywhere } from "#console/words/everywhere.ts";
import { useWords } from "#console/words/language.tsx";
import { consentWords } from "./consent-words.ts";
import { timelineQuery } from "./data.ts";
import styles from "./why.module.css";

type Body = Calls["POST /v1/profiles/{ref}/consent"]["input"]["body"];
type Reason = Body["reason"];

/** What a customer is said to have told. */
export type Told = Pick<Body, "channel" | "status"> & { readonly topic: string };

type DialogProps = {
  readonly profile: Profile;
  /** Null: the dialog is closed. */
  readonly told: Told | null;
  readonly onClose: () => void;
};

/** Records what a customer has told somebody that they agree to, or do not. */
export const ConsentDialog = ({ profile, told, onClose }: DialogProps) => {
  const { words } = useWords(consentWords);
  const { words: usual } = useWords(everywhere);
  return (
    <Dialog title={words.title} closeLabel={usual.close} open={told !== null} onClose={onClose}>
      {told !== null && <Telling profile={profile} told={told} onClose={onClose} />}
    </Dialog>
  );
};

/** Channels and topics that it may be about: of the playbook, and of what is known already. */
const useNames = ({ addresses, consent }: Profile) => {
  const { data } = useQuery(playbookQuery());
  const treatments = (data?.actions ?? []).flatMap((action) => action.treatments);
  const channels = [...treatments, ...addresses, ...consent].map(({ channel }) => channel);
  const topics = [
    ...(data?.actions ?? []).map(({ category }) => category),
    ...consent.map(({ topic }) => topic),
  ];
  const named = (names: readonly string[]) => [...new Set(names)].filter((name) => name !== "*").toSorted();
  return { channels: named(channels), topics: named(topics) };
};

const useTelling = ({ customerId }: Profile, onDone: () => void) => {
  const { words } = useWords(consentWords);
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Body) => call("POST /v1/profiles/{ref}/consent", { path: { ref: customerId }, body }),
    onSuccess: (profile, { status }) => {
      queries.setQueryData(profileQuery(customerId).queryKey, profile);
      void queries.invalidateQueries(timelineQuery(customerId));
      toast(words.done[status]);
      onDone();
    },
  });
};

const Telling = ({ profile, told, onClose }: DialogProps & { readonly told: Told }) => {
  const { words } = useWords(consentWords);
  const { words: usual } = useWords(everywhere);
  const { channels, topics } = useNames(profile);
  const [wish, setWish] = useState(told);
  const [reason, setReason] = useState<Reason | "">("");
  const [text, setText] = useState("");
  const telling = useTelling(profile, onClose);
  const usualChannel = profile.addresses[0]?.channel ?? channels[0] ?? "*";
  const channel = wish.channel === "" ? usualChannel : wish.channel;
  const topic = wish.topic === "" ? (topics[0] ?? "*") : wish.topic;
  const set = (part: Partial<Told>): void => setWish({ ...wish, ...part });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (reason === "" || telling.isPending) return;
    const proof = wish.status === "granted" && text.trim() !== "" ? { text: text.trim() } : {};
    telling.mutate({ ...wish, channel, topic, kind: "express", reason, ...proof });
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <Choice
        label={words.status}
        value={wish.status}
        onChange={(status) => set({ status })}
        options={[
          { name: "granted", title: words.agrees },
          { name: "withdrawn", title: words.refuses },
        ]}
      />
      <div className={styles.two}>
        <Select
          label={words.channel}
          value={channel}
          onChange={(event) => set({ channel: event.target.value })}
        >
          <option value="*">{words.everyChannel}</option>
          {channels.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </Select>
        <Select label={words.topic} value={topic} onChange={(event) => set({ topic: event.target.value })}>
          <option value="*">{words.everything}</option>
          {topics.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </Select>
      </div>
      <Select
        label={words.reason}
        hint={words.reasonHint}
        value={reason}
        required
        onChange={(event) => setReason(event.target.value as Reason)}
      >
        <option value="" disabled>
          {words.choose}
        </option>
        {Object.entries(words.reasons).map(([name, said]) => (
          <option key={name} value={name}>
            {said}
          </option>
        ))}
      </Select>
      {wish.status === "granted" && (
        <TextArea
          label={words.text}
          hint={words.textHint}
          value={text}
          maxLength={1_000}
          onChange={(event) => setText(event.target.value)}
        />
      )}
      <p>{words.comes[wish.status]}</p>
      {telling.isError && <ProblemState error={telling.error} />}
      <DialogActions>
        <Button onClick={onClose}>{usual.cancel}</Button>
        <Button
          type="submit"
          look={wish.status === "withdrawn" ? "danger" : "primary"}
          disabled={reason === "" || telling.isPending}
        >
          {words.confirm[wish.status]}
        </Button>
      </DialogActions>
    </form>
  );
};
