import { httpFunctionFiles } from "./http-function.ts";
import type { Files, NewFunction } from "./names.ts";
import { reviewedFiles } from "./reviewed.ts";
import { workerFunctionFiles } from "./worker-function.ts";
import { generate, readProjectFile, refuseTaken, writeProjectFiles } from "./write.ts";

const NAME = /^([a-z][a-z-]*)\/([a-z][a-z-]*)$/;
const USAGE = "npm run new:function -- <stage>/<name> http|worker";

/** Reads `receive/replies worker`. Throws what is wrong with it, and how it is written. */
export const parseNewFunction = (given: readonly string[]): NewFunction => {
  const [path = "", kind] = given;
  const [, group, name] = NAME.exec(path) ?? [];
  if (group === undefined || name === undefined) {
    throw new Error(`"${path}" is not <stage>/<name> in lower-case letters. ${USAGE}`);
  }
  if (kind !== "http" && kind !== "worker") {
    throw new Error(`is ${path} called over HTTP or fed by a queue? ${USAGE}`);
  }
  return { group, name, kind };
};

/**
 * The files of a new function that passes every check as it is, and the reviewed tables with a row for it.
 * @param read reads a file of the project
 */
export const newFunctionFiles = (wanted: NewFunction, read: (path: string) => string): Files => ({
  ...(wanted.kind === "http" ? httpFunctionFiles(wanted) : workerFunctionFiles(wanted)),
  ...reviewedFiles(wanted, read),
});

/** What one does next, and what is left to say. */
const left = ({
  group,
  name,
  kind,
}: NewFunction): string => `Its test         npx vitest run test/functions/${group}/${name}.test.ts
${
  kind === "http"
    ? `See it answer    npm run dev, and meanwhile
                 curl -H 'authorization: Bearer local-secret-key' http://127.0.0.1:4000/v1/${group}/${name}
`
    : ""
}
It passes the checks as it is. Yours to say, where it says too little now:
  stack.ts                    what a customer suffers when it fails, what it uses, what feeds it
  document.ts                 for an HTTP function: what readers of the API's document are told
  docs/runbook/               what to do when its alarms go off
  docs/data-map.md            what is in its queues and logs
  test/infra/iam-table.ts     the rights it ends up with
  test/flows/rights.test.ts   a step of the walk that has something for it to do
After a change of its calls: npm run tables`;

/** `npm run new:function -- receive/replies worker`: writes it, and tells what is left to say. */
if (import.meta.main) {
  generate(() => {
    const wanted = parseNewFunction(process.argv.slice(2));
    refuseTaken(`functions/${wanted.group}/${wanted.name}`);
    writeProjectFiles(newFunctionFiles(wanted, readProjectFile));
    console.log(left(wanted));
  });
}
