import { type ApiDocument, clientTypes } from "../openapi/client-types.ts";
import { openapiDocument } from "../openapi/document.ts";
import { httpFunctions } from "../openapi/functions.ts";
import { type WrittenFile, writtenFile } from "./written-file.ts";

/* What a client of the API may say and hear, in types. */

// Read anew from its text, as whoever generates a client reads it.
const document: ApiDocument = JSON.parse(JSON.stringify(openapiDocument(await httpFunctions())));

export const files: readonly WrittenFile[] = [
  writtenFile("client/api.generated.ts", {
    writer: "client.table.ts",
    about: ["The API's document (functions/api/openapi/document.json) as types."],
    code: clientTypes(document),
  }),
];
