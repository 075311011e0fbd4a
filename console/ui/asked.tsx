import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { everywhere } from "#console/words/everywhere.ts";
import { useWords } from "#console/words/language.tsx";
import { ProblemState } from "./problem.tsx";
import { Loading } from "./states.tsx";

/** Shows an answer once it is there. What was answered before stays while the hub cannot be reached. */
export const Asked = <Data,>({
  query,
  children,
}: {
  readonly query: UseQueryResult<Data>;
  readonly children: (data: Data) => ReactNode;
}) => {
  const { words } = useWords(everywhere);
  if (query.data !== undefined) return children(query.data);
  if (query.isError) return <ProblemState error={query.error} retry={() => void query.refetch()} />;
  return <Loading label={words.loading} />;
};
