import { type RefObject, useState } from "react";
import type { Conversation } from "#client/api.generated.ts";
import { call } from "#console/data/api.ts";
import { useMay } from "#console/data/session.ts";
import { Button } from "#console/ui/button.tsx";
import { Dialog } from "#console/ui/dialog.tsx";
import { Kbd } from "#console/ui/kbd.tsx";
import { useKeys } from "#console/ui/keys.ts";
import { toast } from "#console/ui/toast.tsx";
import { everywhere } from "#console/words/everywhere.ts";
import { useWords } from "#console/words/language.tsx";
import { AssignForm } from "./assign.tsx";
import { useDeed } from "./deed.ts";
import { writeDraft } from "./drafts.ts";
import styles from "./inbox.module.css";
import { SnoozeForm } from "./snooze.tsx";
import { TagsForm } from "./tags.tsx";
import { inboxWords } from "./words.ts";

type ActsProps = {
  readonly conversation: Conversation;
  readonly me: string;
  readonly onNext: () => void;
  readonly answer: RefObject<HTMLTextAreaElement | null>;
};
type Asking = "assign" | "snooze" | "tags" | null;

/** The conversation that was closed last here: `u` opens it again, although another one is seen by then. */
let closedLast: string | null = null;

const useActs = ({ conversation, me, onNext, answer }: ActsProps, ask: (asking: Asking) => void) => {
  const { words } = useWords(inboxWords);
  const { conversationId, assignee, state } = conversation;
  const path = { id: conversationId };
  const deed = useDeed(conversationId);
  const may = useMay("claimConversation");
  const claim = (): void =>
    deed.mutate(() =>
      call(assignee === me ? "POST /v1/conversations/{id}/release" : "POST /v1/conversations/{id}/claim", {
        path,
        body: {},
      }),
    );
  const reopen = (id: string): void =>
    deed.mutate(() => call("POST /v1/conversations/{id}/reopen", { path: { id }, body: {} }));
  const close = (): void =>
    deed.mutate(() => call("POST /v1/conversations/{id}/close", { path, body: {} }), {
      onSuccess: () => {
        closedLast = conversationId;
        toast(words.closed);
        onNext();
      },
    });
  const write = (kind: "answer" | "note"): void => {
    writeDraft(conversationId, { kind });
    answer.current?.focus();
  };
  const isClosed = state === "closed";
  useKeys(
    may
      ? {
          r: () => write("answer"),
          n: () => write("note"),
          c: claim,
          a: () => ask("assign"),
          s: () => ask("snooze"),
          l: () => ask("tags"),
          u: () => {
            if (closedLast !== null) reopen(closedLast);
            closedLast = null;
          },
          ...(isClosed ? { o: () => reopen(conversationId) } : { e: close }),
        }
      : {},
  );
  return { may, isClosed, isPending: deed.isPending, claim, close, reopen: () => reopen(conversationId) };
};

/** What can be done with a conversation, each with its key. */
export const Acts = (props: ActsProps) => {
  const { words } = useWords(inboxWords);
  const { words: usual } = useWords(everywhere);
  const [asking, ask] = useState<Asking>(null);
  const acts = useActs(props, ask);
  const { conversation, me } = props;
  if (!acts.may) return null;
  const done = (): void => ask(null);
  const titles = { assign: words.assignTitle, snooze: words.snoozeTitle, tags: words.tagsTitle };
  return (
    <div className={styles.acts}>
      <Button disabled={acts.isPending} onClick={acts.claim}>
        {conversation.assignee === me ? words.release : words.claim} <Kbd keys="c" />
      </Button>
      <Button onClick={() => ask("assign")}>
        {words.assign} <Kbd keys="a" />
      </Button>
      <Button onClick={() => ask("snooze")}>
        {words.snooze} <Kbd keys="s" />
      </Button>
      <Button onClick={() => ask("tags")}>
        {words.tags} <Kbd keys="l" />
      </Button>
      <Button disabled={acts.isPending} onClick={acts.isClosed ? acts.reopen : acts.close}>
        {acts.isClosed ? words.reopen : words.close} <Kbd keys={acts.isClosed ? "o" : "e"} />
      </Button>
      <Dialog
        title={asking === null ? "" : titles[asking]}
        closeLabel={usual.close}
        open={asking !== null}
        onClose={done}
      >
        {asking === "assign" && <AssignForm conversation={conversation} onDone={done} />}
        {asking === "snooze" && <SnoozeForm conversation={conversation} onDone={done} />}
        {asking === "tags" && <TagsForm conversation={conversation} onDone={done} />}
      </Dialog>
    </div>
  );
};
