import { httpHandler } from "#runtime/http/http-handler.ts";
import document from "./document.json" with { type: "json" };

/** `GET /openapi.json`: the API's own description, written from the schemas that the functions validate with. */
export const handler = httpHandler({ scope: null }, async () => ({ status: 200, json: document }));
