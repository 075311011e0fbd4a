import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useProblemText } from "#console/ui/problem.tsx";
import { toast } from "#console/ui/toast.tsx";

/** What a run is told happens a moment later. */
const SOON_MS = 1_500;

/** Tells a run something, says so, and looks a moment later what came of it. */
export const useTold = (done: string, onDone?: () => void) => {
  const queries = useQueryClient();
  const textOf = useProblemText();
  return useMutation({
    mutationFn: (tell: () => Promise<unknown>) => tell(),
    onSuccess: () => {
      toast(done);
      onDone?.();
      // Of all that is shown of journeys, whatever it was.
      const look = () =>
        queries.invalidateQueries({
          predicate: ({ queryKey: [route] }) => String(route).startsWith("GET /v1/journeys"),
        });
      setTimeout(() => void look(), SOON_MS);
    },
    onError: (error) => toast(textOf(error), "bad"),
  });
};
