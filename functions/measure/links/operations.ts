import { operation } from "#runtime/http/operation.ts";

const HTML = "text/html";
/** 404: the token was not signed by us; 410: its time is over. */
const REFUSED = { 404: HTML, 410: HTML } as const;
const PAGE = { 200: HTML, ...REFUSED } as const;
const scope = null;

/** HEAD is for those who only look where a link leads: it answers as GET, and nothing comes of it. */
export const operations = {
  followLink: operation({ route: "GET /l/{token}", scope, answers: { 302: HTML, ...REFUSED } }),
  checkLink: operation({ route: "HEAD /l/{token}", scope, answers: { 302: HTML, ...REFUSED } }),
  countOpening: operation({ route: "GET /o/{token}", scope, answers: { 200: "image/gif", ...REFUSED } }),
  checkOpening: operation({ route: "HEAD /o/{token}", scope, answers: { 200: "image/gif", ...REFUSED } }),
  askToUnsubscribe: operation({ route: "GET /u/{token}", scope, answers: PAGE }),
  checkUnsubscribe: operation({ route: "HEAD /u/{token}", scope, answers: PAGE }),
  unsubscribe: operation({ route: "POST /u/{token}", scope, answers: PAGE }),
  showPreferences: operation({ route: "GET /p/{token}", scope, answers: PAGE }),
  checkPreferences: operation({ route: "HEAD /p/{token}", scope, answers: PAGE }),
  savePreferences: operation({ route: "POST /p/{token}", scope, answers: PAGE }),
  askToConfirm: operation({ route: "GET /c/{token}", scope, answers: PAGE }),
  checkConfirm: operation({ route: "HEAD /c/{token}", scope, answers: PAGE }),
  confirm: operation({ route: "POST /c/{token}", scope, answers: PAGE }),
};
