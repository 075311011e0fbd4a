import type { HttpApi } from "./messages.ts";

/** Counts the requests under way, so that idle means that nobody waits for an answer either. */
export function createOpenRequests(): {
  readonly count: () => number;
  readonly counted: (api: HttpApi) => HttpApi;
} {
  let count = 0;
  return {
    count: () => count,
    counted: (api) => async (request) => {
      count += 1;
      try {
        return await api(request);
      } finally {
        count -= 1;
      }
    },
  };
}
