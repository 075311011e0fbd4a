/*
 * Written by `npm run tables` (scripts/tables/channels.table.ts): do not edit.
 * From the folders beside this file.
 */
import type { Render } from "./definition/rendering.ts";
import { render as chat } from "./chat/render.ts";
import { render as email } from "./email/render.ts";
import { render as push } from "./push/render.ts";
import { render as sms } from "./sms/render.ts";
import { render as webhook } from "./webhook/render.ts";
import { render as webpush } from "./webpush/render.ts";
import { render as whatsapp } from "./whatsapp/render.ts";

/** For whoever shows messages of any channel; a sender takes the one of its own. */
export const RENDERS: ReadonlyMap<string, Render<object>> = new Map<string, Render<object>>([
  ["chat", chat],
  ["email", email],
  ["push", push],
  ["sms", sms],
  ["webhook", webhook],
  ["webpush", webpush],
  ["whatsapp", whatsapp],
]);
