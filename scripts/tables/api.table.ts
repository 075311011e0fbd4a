import { isCatchAll } from "#runtime/http/operation.ts";
import { openapiDocument } from "../openapi/document.ts";
import { httpFunctions } from "../openapi/functions.ts";
import { type WrittenFile, writtenFile } from "./written-file.ts";

/* The API as its functions declare it: what is served at /openapi.json, and by what `$default` tells 405 from 404. */

const functions = await httpFunctions();

const routes = functions
  .flatMap(({ operations }) => Object.values(operations).map(({ route }) => route))
  .filter((route) => !isCatchAll(route))
  .sort();

export const files: readonly WrittenFile[] = [
  {
    path: "functions/api/openapi/document.json",
    text: `${JSON.stringify(openapiDocument(functions), null, 2)}\n`,
  },
  writtenFile("functions/api/not-found/routes.generated.ts", {
    writer: "api.table.ts",
    about: ["Every route of the API, from the `operations.ts` of all functions."],
    code: `
export const ROUTES: readonly string[] = [
${routes.map((route) => `  ${JSON.stringify(route)},`).join("\n")}
];
`,
  }),
];
