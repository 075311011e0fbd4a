import PostalMime, { type Address, type Attachment, type Email } from "postal-mime";
import { MOST_DEPTH, MOST_HEADER_BYTES, MOST_LISTED } from "./bounds.ts";

/** A mail as it was read. `isReadable` false: its parts were not, only its headers. */
export type Mail = {
  readonly headers: Headers;
  /** Whose it says that it is. "": nobody's. */
  readonly from: string;
  /** Everybody it says that it went to. */
  readonly recipients: readonly string[];
  readonly subject: string;
  /** ISO-8601, or whatever stood there. */
  readonly date: string | undefined;
  readonly text: string;
  readonly html: string;
  readonly parts: readonly Attachment[];
  readonly isReadable: boolean;
};

/** Header values by name in lower case, in their order. */
export type Headers = ReadonlyMap<string, readonly string[]>;
export const firstOf = (headers: Headers, name: string): string => headers.get(name)?.[0]?.trim() ?? "";

const headersOf = ({ headers }: Email): Headers =>
  new Map(
    [...Map.groupBy(headers, ({ key }) => key)].map(([key, all]) => [key, all.map(({ value }) => value)]),
  );

const addressesOf = (addresses: readonly Address[] | undefined): readonly string[] =>
  (addresses ?? []).flatMap(({ group, address }) => group?.map((one) => one.address) ?? [address ?? ""]);

/** What receiving servers note of where it really went: lists and blind copies are in no `To`. */
const NOTED = ["delivered-to", "x-original-to", "envelope-to"] as const;
const FOR = /\bfor\s+<?([^\s<>;]{3,320})>?/i;

const recipientsOf = (email: Email, headers: Headers): readonly string[] => {
  const noted = NOTED.flatMap((name) => headers.get(name) ?? []);
  const passed = (headers.get("received") ?? []).flatMap((line) => FOR.exec(line)?.[1] ?? []);
  const named = [...addressesOf(email.to), ...addressesOf(email.cc)];
  const all = [...named, ...noted, ...passed].map((one) => one.trim()).filter((one) => one.includes("@"));
  return [...new Set(all)].slice(0, MOST_LISTED);
};

const mailOf = (email: Email, isReadable: boolean): Mail => {
  const headers = headersOf(email);
  const [from = ""] = addressesOf(email.from === undefined ? [] : [email.from]);
  return {
    headers,
    from,
    recipients: recipientsOf(email, headers),
    subject: email.subject ?? "",
    date: email.date,
    text: email.text ?? "",
    html: email.html ?? "",
    parts: email.attachments,
    isReadable,
  };
};

/** The headers alone, of which there are not too many. */
const headOf = (raw: Uint8Array): Uint8Array => {
  const beginning = Buffer.from(raw.subarray(0, MOST_HEADER_BYTES)).toString("latin1");
  const end = /\r?\n\r?\n/.exec(beginning)?.index ?? beginning.lastIndexOf("\n") + 1;
  // Of a mail that is nothing but parts of parts: what its body is does not matter any more.
  const lines = beginning
    .slice(0, end)
    .replace(/^content-(?:type|transfer-encoding):.*(?:\r?\n[ \t].*)*\r?\n?/gim, "");
  return Buffer.from(`${lines}\r\n\r\n`, "latin1");
};

/**
 * Reads a mail. What is nested too deep, or has more headers than anybody's mail, is read in its headers: nobody who writes is
 * lost for how their program writes.
 */
export const readMail = async (raw: Uint8Array): Promise<Mail> => {
  const options = {
    maxNestingDepth: MOST_DEPTH,
    maxHeadersSize: MOST_HEADER_BYTES,
    forceRfc822Attachments: true,
  };
  try {
    return mailOf(await PostalMime.parse(raw, options), true);
  } catch {
    return mailOf(await PostalMime.parse(headOf(raw)), false);
  }
};
