import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type KeyboardEvent, type RefObject, useEffect, useState } from "react";
import type { Conversation } from "#client/api.generated.ts";
import { newId } from "#client/event.ts";
import { RapportProblem } from "#client/problem.ts";
import { call } from "#console/data/api.ts";
import { profileQuery } from "#console/data/profile.ts";
import { useMay } from "#console/data/session.ts";
import { Button } from "#console/ui/button.tsx";
import { Choice } from "#console/ui/choice.tsx";
import { Kbd } from "#console/ui/kbd.tsx";
import { useWords } from "#console/words/language.tsx";
import { AnswerField } from "./answer-field.tsx";
import { lookAgain } from "./data.ts";
import { type Draft, useDraft, writeDraft } from "./drafts.ts";
import styles from "./inbox.module.css";
import { Stopped } from "./stopped.tsx";
import { standsOn } from "./thread-pages.ts";
import { inboxWords } from "./words.ts";

/** What has stood there for so long has been read. */
const READ_MS = 3_000;

type ComposerProps = {
  readonly conversation: Conversation;
  readonly me: string;
  readonly answer: RefObject<HTMLTextAreaElement | null>;
  /** Puts the focus back on the list. */
  readonly onBack: () => void;
};

/** How far somebody has had the time to read. */
const useRead = (lastSeq: number): number => {
  const [read, setRead] = useState(lastSeq);
  useEffect(() => {
    const timer = setTimeout(setRead, READ_MS, lastSeq);
    return () => clearTimeout(timer);
  }, [lastSeq]);
  return read;
};

type Asked = {
  readonly draft: Draft;
  readonly ifLastSeq: number;
  /** Said in place of the draft. */
  readonly prepared?: string;
};

const sendDraft = (conversationId: string, { draft, ifLastSeq, prepared }: Asked): Promise<unknown> => {
  const { kind, text, channel, key } = draft;
  const path = { id: conversationId };
  if (kind === "note") return call("POST /v1/conversations/{id}/notes", { path, body: { text } });
  const said = prepared === undefined ? { text } : { treatment: prepared };
  const body = { ...said, ifLastSeq, ...(channel === "" ? {} : { channel }) };
  return call("POST /v1/conversations/{id}/replies", { path, body, idempotencyKey: key });
};

const useSending = ({ conversationId }: Conversation) => {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (asked: Asked) => sendDraft(conversationId, asked),
    onSuccess: (_, { prepared }) => {
      writeDraft(conversationId, prepared === undefined ? null : { key: newId() });
      // What comes next stands on this: it is said to be sent once it is seen.
      return lookAgain(queries, conversationId);
    },
    onError: (error) => {
      if (error instanceof RapportProblem && error.code === "idempotency_conflict")
        writeDraft(conversationId, { key: newId() });
      void lookAgain(queries, conversationId);
    },
  });
};

/** Where a conversation is answered. Nothing is said to be sent before the hub has taken it, and nothing typed is lost. */
export const Composer = ({ conversation, me, answer, onBack }: ComposerProps) => {
  const { words } = useWords(inboxWords);
  const { conversationId, customerId, lastSeq } = conversation;
  const draft = useDraft(conversationId);
  const read = useRead(lastSeq);
  const sending = useSending(conversation);
  const profile = useQuery(profileQuery(customerId));
  const may = { answer: useMay("replyToConversation"), note: useMay("addNote") };
  if (!may.answer && !may.note) return null;
  const write = (parts: Partial<Draft>): void => writeDraft(conversationId, parts);
  const send = (parts: Partial<Draft> = {}, until = standsOn(conversation, read, me)): void => {
    if (sending.isPending || draft.text.trim() === "") return;
    write(parts);
    sending.mutate({ draft: { ...draft, ...parts, text: draft.text.trim() }, ifLastSeq: until });
  };
  const press = (event: KeyboardEvent): void => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) send();
    else if (event.key === "Escape") onBack();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const channels = [...new Set((profile.data?.addresses ?? []).map(({ channel }) => channel))];
  const isNote = draft.kind === "note";
  return (
    <form
      className={styles.composer}
      data-kind={draft.kind}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {sending.error !== null && sending.variables !== undefined && (
        <Stopped
          conversation={conversation}
          me={me}
          error={sending.error}
          since={sending.variables.ifLastSeq}
          channels={channels}
          onSend={send}
          onSendPrepared={(prepared, channel) =>
            sending.mutate({
              draft: { ...draft, channel },
              prepared,
              ifLastSeq: standsOn(conversation, read, me),
            })
          }
        />
      )}
      <AnswerField
        conversationId={conversationId}
        text={draft.text}
        isNote={isNote}
        answer={answer}
        onText={(text) => write({ text })}
        onPress={press}
      />
      <div className={styles.below}>
        <Choice
          label={words.kindLabel}
          value={draft.kind}
          onChange={(kind) => write({ kind })}
          options={(["answer", "note"] as const)
            .filter((kind) => may[kind])
            .map((name) => ({ name, title: words.kinds[name] }))}
        />
        {!isNote && (
          <ByChannel
            wanted={draft.channel}
            usual={conversation.channel}
            channels={channels}
            onWish={(channel) => write({ channel })}
          />
        )}
        <Button
          type="submit"
          look="primary"
          className={styles.send}
          disabled={sending.isPending || draft.text.trim() === ""}
        >
          {sending.isPending ? words.sending : isNote ? words.addNote : words.send}{" "}
          <Kbd keys={words.sendHint} />
        </Button>
      </div>
    </form>
  );
};

/** By which channel it leaves: the usual one, or one that is wished for. */
const ByChannel = ({
  wanted,
  usual,
  channels,
  onWish,
}: {
  readonly wanted: string;
  readonly usual: string;
  readonly channels: readonly string[];
  readonly onWish: (channel: string) => void;
}) => {
  const { words } = useWords(inboxWords);
  return (
    <label>
      {words.by}
      <select className={styles.filter} value={wanted} onChange={(event) => onWish(event.target.value)}>
        <option value="">
          {words.anyOpen} ({usual})
        </option>
        {channels.map((name) => (
          <option key={name}>{name}</option>
        ))}
      </select>
    </label>
  );
};
