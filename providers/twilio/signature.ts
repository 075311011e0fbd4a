import { createHmac } from "node:crypto";

/** By name, each value once and in order: what is signed is the same however a form was written down. */
const grouped = (form: URLSearchParams): readonly (readonly [string, readonly string[]])[] =>
  [...new Set(form.keys())].sort().map((name) => [name, [...new Set(form.getAll(name))].sort()] as const);

/** The header `X-Twilio-Signature` of a call with that form to that very address ("Webhooks security", Twilio). */
export const signatureOf = (authToken: string, url: string, form: URLSearchParams): string => {
  const signed = grouped(form).map(([name, values]) => values.map((value) => name + value).join(""));
  return createHmac("sha1", authToken)
    .update(url + signed.join(""))
    .digest("base64");
};
