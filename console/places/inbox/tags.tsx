import { type FormEvent, useState } from "react";
import type { ConversationRow } from "#client/api.generated.ts";
import { call } from "#console/data/api.ts";
import { Button } from "#console/ui/button.tsx";
import { DialogActions } from "#console/ui/dialog.tsx";
import { TextField } from "#console/ui/field.tsx";
import { everywhere } from "#console/words/everywhere.ts";
import { useWords } from "#console/words/language.tsx";
import { useDeed } from "./deed.ts";
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
  const { words: usual } = useWords(everywhere);
  const [text, setText] = useState(tags.join(", "));
  const deed = useDeed(conversationId);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
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
    <form onSubmit={submit}>
      <TextField
        label={words.tags}
        hint={words.tagsHint}
        value={text}
        autoComplete="off"
        onChange={(event) => setText(event.target.value)}
      />
      <DialogActions>
        <Button onClick={onDone}>{usual.cancel}</Button>
        <Button type="submit" look="primary" disabled={deed.isPending}>
          {words.save}
        </Button>
      </DialogActions>
    </form>
  );
};
