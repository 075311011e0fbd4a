export type MailContent = {
  readonly subject?: string;
  readonly text: string;
  readonly html?: string;
  readonly headers: { readonly [name: string]: string };
};

/** Enough MIME to show a raw mail in the outbox: headers, and the first text and HTML parts. */
export function decodeMime(raw: string): MailContent {
  const part = splitPart(raw);
  const found = findBodies(part);
  const subject = part.headers.get("subject");
  const headers: { [name: string]: string } = {};
  for (const [name, value] of part.headers) headers[canonical(name)] = value;
  return {
    ...(subject === undefined ? {} : { subject: decodeWords(subject) }),
    text: found.text ?? "",
    ...(found.html === undefined ? {} : { html: found.html }),
    headers,
  };
}

type Part = { readonly headers: ReadonlyMap<string, string>; readonly body: string };
type Bodies = { readonly text?: string; readonly html?: string };

function splitPart(raw: string): Part {
  const separator = /\r?\n\r?\n/.exec(raw);
  const head = separator === null ? raw : raw.slice(0, separator.index);
  const body = separator === null ? "" : raw.slice(separator.index + separator[0].length);
  const headers = new Map<string, string>();
  for (const line of head.replace(/\r?\n[ \t]+/g, " ").split(/\r?\n/)) {
    const colon = line.indexOf(":");
    if (colon > 0) headers.set(line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim());
  }
  return { headers, body };
}

function findBodies(part: Part): Bodies {
  const type = part.headers.get("content-type") ?? "text/plain";
  const boundary = /boundary="?([^";]+)"?/i.exec(type)?.[1];
  if (/^multipart\//i.test(type) && boundary !== undefined) {
    const pieces = part.body.split(`--${boundary}`).slice(1, -1);
    const found = pieces.map((piece) => findBodies(splitPart(piece.replace(/^\r?\n/, ""))));
    const text = found.find((one) => one.text !== undefined)?.text;
    const html = found.find((one) => one.html !== undefined)?.html;
    return { ...(text === undefined ? {} : { text }), ...(html === undefined ? {} : { html }) };
  }
  const content = decodeBody(part);
  if (/^text\/html/i.test(type)) return { html: content };
  return /^text\//i.test(type) ? { text: content } : {};
}

function decodeBody(part: Part): string {
  const encoding = (part.headers.get("content-transfer-encoding") ?? "").toLowerCase();
  if (encoding === "base64") return Buffer.from(part.body, "base64").toString("utf8");
  if (encoding === "quoted-printable") return decodeQuoted(part.body.replace(/=\r?\n/g, ""));
  return part.body;
}

const decodeQuoted = (text: string): string =>
  Buffer.from(
    text.replace(/=([0-9A-F]{2})/gi, (_all, hex: string) => String.fromCharCode(parseInt(hex, 16))),
    "latin1",
  ).toString("utf8");

/** Encoded words in headers (RFC 2047). */
const decodeWords = (text: string): string =>
  text.replace(/=\?utf-8\?([bq])\?([^?]*)\?=(\s+(?==\?))?/gi, (_all, kind: string, word: string) =>
    kind.toLowerCase() === "b"
      ? Buffer.from(word, "base64").toString("utf8")
      : decodeQuoted(word.replaceAll("_", " ")),
  );

const canonical = (name: string): string =>
  name.replace(/(^|-)([a-z])/g, (_all, dash: string, letter: string) => dash + letter.toUpperCase());
