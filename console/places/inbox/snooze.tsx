import { useState } from "react";
import type { ConversationRow } from "#client/api.generated.ts";
import { call } from "#console/data/api.ts";
import { Select, TextField } from "#console/ui/field.tsx";
import { toast } from "#console/ui/toast.tsx";
import { useWords } from "#console/words/language.tsx";
import { useDeed } from "./deed.ts";
import { DeedForm } from "./deed-form.tsx";
import { SNOOZES, snoozedUntil } from "./snooze-times.ts";
import { inboxWords } from "./words.ts";

/** Puts a conversation to sleep until a time. */
export const SnoozeForm = ({
  conversation: { conversationId },
  onDone,
}: {
  readonly conversation: ConversationRow;
  readonly onDone: () => void;
}) => {
  const { words, formats } = useWords(inboxWords);
  const [now] = useState(Date.now);
  const [wish, setWish] = useState("hour");
  const [other, setOther] = useState("");
  const deed = useDeed(conversationId);
  const known = SNOOZES.find((name) => name === wish);
  const until = known === undefined ? new Date(other) : snoozedUntil(known, now);
  const isTime = until.getTime() > now;
  const submit = (): void => {
    if (!isTime) return;
    const body = { until: until.toISOString() };
    deed.mutate(() => call("POST /v1/conversations/{id}/snooze", { path: { id: conversationId }, body }), {
      onSuccess: () => {
        toast(words.snoozed(formats.moment(body.until)));
        onDone();
      },
    });
  };
  return (
    <DeedForm action={words.snooze} disabled={deed.isPending || !isTime} onSubmit={submit} onCancel={onDone}>
      <Select
        label={words.until}
        hint={words.snoozeHint}
        value={wish}
        onChange={(event) => setWish(event.target.value)}
      >
        {SNOOZES.map((name) => (
          <option key={name} value={name}>
            {words.snoozes[name]} · {formats.moment(snoozedUntil(name, now).toISOString())}
          </option>
        ))}
        <option value="other">{words.snoozes.other}</option>
      </Select>
      {known === undefined && (
        <TextField
          label={words.when}
          type="datetime-local"
          value={other}
          required
          onChange={(event) => setOther(event.target.value)}
        />
      )}
    </DeedForm>
  );
};
