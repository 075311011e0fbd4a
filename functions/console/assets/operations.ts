import { operation } from "#runtime/http/operation.ts";

const scope = null;
const HTML = "text/html";

export const operations = {
  showConsole: operation({ route: "GET /console", scope, answers: { 200: HTML, 302: HTML, 304: HTML } }),
  /** A file of the console, or one of its pages, whose address the console itself reads. */
  showConsoleFile: operation({
    route: "GET /console/{proxy+}",
    scope,
    answers: { 200: HTML, 302: HTML, 304: HTML, 404: HTML },
  }),
};
