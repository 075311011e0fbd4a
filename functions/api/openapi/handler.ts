import { httpHandler } from "#runtime/http/http-handler.ts";
import document from "./document.json" with { type: "json" };
import { operations } from "./operations.ts";

const showDocument = async () => ({ status: 200, json: document }) as const;

export const handler = httpHandler(operations, { showDocument });
