import { useState } from "react";
import type { ConversationRow } from "#client/api.generated.ts";
import { call } from "#console/data/api.ts";
import { TextField } from "#console/ui/field.tsx";
import { useWords } from "#console/words/language.tsx";
import { useDeed } from "./deed.ts";
import { DeedForm } from "./deed-form.tsx";
import { inboxWords } from "./words.ts";

const tagsIn = (text: string): readonly string[] => [
  ...new Set(
    text
      .split(",")
      .map((tag) => tag.trim())
      .filter((tag) => tag !== ""),
  ),
];

/** Says what a conversation is about, in a few words that lists can be searched by. */
export const TagsForm = ({
  conversation: { conversationId, tags },
  onDone,
}: {
  readonly conversation: ConversationRow;
  readonly onDone: () => void;
}) => {
  const { words } = useWords(inboxWords);
  const [text, setText] = useState(tags.join(", "));
  const deed = useDeed(conversationId);
  const submit = (): void => {
    const wanted = tagsIn(text);
    // Only what somebody changed is told: a colleague may add one meanwhile.
    const body = {
      add: wanted.filter((tag) => !tags.includes(tag)),
      remove: tags.filter((tag) => !wanted.includes(tag)),
    };
    deed.mutate(() => call("POST /v1/conversations/{id}/tags", { path: { id: conversationId }, body }), {
      onSuccess: onDone,
    });
  };
  return (
    <DeedForm action={words.save} disabled={deed.isPending} onSubmit={submit} onCancel={onDone}>
      <TextField
        label={words.tags}
        hint={words.tagsHint}
        value={text}
        autoComplete="off"
        onChange={(event) => setText(event.target.value)}
      />
    </DeedForm>
  );
};
