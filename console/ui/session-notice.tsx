import { useQueryClient } from "@tanstack/react-query";
import { logInAt, meQuery, useSessionEnded } from "#console/data/session.ts";
import { everywhere } from "#console/words/everywhere.ts";
import { useWords } from "#console/words/language.tsx";
import { Button } from "./button.tsx";
import { Notice } from "./notice.tsx";

/** Says that the session has ended. The page stays as it is: what was typed is not lost. */
export const SessionNotice = () => {
  const { words } = useWords(everywhere);
  const queries = useQueryClient();
  if (!useSessionEnded()) return null;
  const comeBack = async (): Promise<void> => {
    await queries.fetchQuery({ ...meQuery, staleTime: 0 });
    await queries.invalidateQueries();
  };
  return (
    <Notice title={words.endedTitle} text={words.ended}>
      <Button onClick={() => open(logInAt("/console"), "_blank", "noopener")}>{words.logIn}</Button>
      <Button look="plain" onClick={() => void comeBack()}>
        {words.checkAgain}
      </Button>
    </Notice>
  );
};
