import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ConversationRow } from "#client/api.generated.ts";
import { RapportProblem } from "#client/problem.ts";
import { useShownName } from "#console/data/who.ts";
import { useProblemText } from "#console/ui/problem.tsx";
import { toast } from "#console/ui/toast.tsx";
import { useWords } from "#console/words/language.tsx";
import { lookAgain, noteDone } from "./data.ts";
import { inboxWords } from "./words.ts";

/** Something that is done with a conversation; who may not have it is told who has. */
export const useDeed = (conversationId: string) => {
  const { words } = useWords(inboxWords);
  const textOf = useProblemText();
  const nameOf = useShownName();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (deed: () => Promise<ConversationRow>) => deed(),
    onSuccess: (row) => void noteDone(queries, row),
    onError: (error) => {
      const assignee: unknown =
        error instanceof RapportProblem && error.code === "claimed"
          ? Reflect.get(error.problem, "assignee")
          : undefined;
      toast(typeof assignee === "string" ? words.claimedBy(nameOf(assignee)) : textOf(error), "bad");
      void lookAgain(queries, conversationId);
    },
  });
};
