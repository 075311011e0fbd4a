import { operation } from "#runtime/http/operation.ts";
import { Problem } from "#runtime/http/shapes.ts";

export const operations = {
  refuse: operation({
    route: "$default",
    scope: null,
    answers: { 204: "text/plain", 404: Problem, 405: Problem },
  }),
};
