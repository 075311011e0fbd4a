import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { ConversationRow } from "#client/api.generated.ts";
import { call } from "#console/data/api.ts";
import { playbookQuery } from "#console/data/playbook.ts";
import { colleaguesQuery, keptName, useShownName } from "#console/data/who.ts";
import { Select } from "#console/ui/field.tsx";
import { useWords } from "#console/words/language.tsx";
import { useDeed } from "./deed.ts";
import { DeedForm } from "./deed-form.tsx";
import { teamsIn } from "./teams.ts";
import { inboxWords } from "./words.ts";

/** Who answers: those whose roles let them. */
const ANSWERS = new Set(["agent", "admin"]);

const named = (names: readonly string[], now: string | null): readonly string[] =>
  [...new Set([...names, ...(now === null ? [] : [now])])].toSorted((a, b) => a.localeCompare(b));

/** Gives a conversation to a colleague, or to a team. */
export const AssignForm = ({
  conversation: { conversationId, assignee, team },
  onDone,
}: {
  readonly conversation: ConversationRow;
  readonly onDone: () => void;
}) => {
  const { words } = useWords(inboxWords);
  const people = useQuery(colleaguesQuery());
  const nameOf = useShownName();
  const playbook = useQuery(playbookQuery());
  const [wish, setWish] = useState({ assignee: assignee ?? "", team: team ?? "" });
  const deed = useDeed(conversationId);
  const submit = (): void => {
    const body = { assignee: wish.assignee || null, team: wish.team || null };
    deed.mutate(() => call("POST /v1/conversations/{id}/assign", { path: { id: conversationId }, body }), {
      onSuccess: onDone,
    });
  };
  const colleagues = (people.data?.items ?? [])
    .filter(({ enabled, roles }) => enabled && roles.some((role) => ANSWERS.has(role)))
    .map(({ personId }) => keptName(personId));
  return (
    <DeedForm action={words.assign} disabled={deed.isPending} onSubmit={submit} onCancel={onDone}>
      <Select
        label={words.person}
        value={wish.assignee}
        onChange={(event) => setWish({ ...wish, assignee: event.target.value })}
      >
        <option value="">{words.nobody}</option>
        {named(colleagues, assignee).map((one) => (
          <option key={one} value={one}>
            {nameOf(one)}
          </option>
        ))}
      </Select>
      <Select
        label={words.team}
        value={wish.team}
        onChange={(event) => setWish({ ...wish, team: event.target.value })}
      >
        <option value="">{words.noTeamChosen}</option>
        {named(teamsIn(playbook.data?.files["conversations.yaml"]), team).map((name) => (
          <option key={name}>{name}</option>
        ))}
      </Select>
    </DeedForm>
  );
};
