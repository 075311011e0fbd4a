import { RapportProblem } from "#client/problem.ts";
import { everywhere } from "#console/words/everywhere.ts";
import { useWords } from "#console/words/language.tsx";
import { Button } from "./button.tsx";
import { EmptyState } from "./states.tsx";

/** What went wrong, in the hub's own words where it said some. */
export const useProblemText = (): ((error: unknown) => string) => {
  const { words } = useWords(everywhere);
  return (error) => {
    if (!(error instanceof RapportProblem)) return error instanceof Error ? error.message : words.failed;
    if (error.status === 0 || error.status >= 500) return words.unreachable;
    if (error.status === 403) return words.forbidden;
    const [first] = error.problem.errors ?? [];
    const where = first === undefined ? "" : ` (${first.path}: ${first.expected})`;
    return `${error.problem.message}${where}`;
  };
};

/** Stands where an answer should, and lets one ask again. */
export const ProblemState = ({ error, retry }: { readonly error: unknown; readonly retry?: () => void }) => {
  const { words } = useWords(everywhere);
  const textOf = useProblemText();
  return (
    <div role="alert">
      <EmptyState title={words.failed}>
        <p>{textOf(error)}</p>
        {retry !== undefined && <Button onClick={retry}>{words.retry}</Button>}
      </EmptyState>
    </div>
  );
};
