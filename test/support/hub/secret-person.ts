import { createHash } from "node:crypto";

/** Nobody's: what a customer types, and nothing of ours looks like it. */
export const PERSON = {
  email: "wilhelmina.quux@leak.example",
  phone: "+12025550187",
  firstName: "Wilhelmina",
  lastName: "Quuxington",
  street: "77 Hidden Hollow",
  city: "Zyzzyxville",
  deviceToken: "token-zyx-secret-0123456789",
  userId: "member-zyx-4711",
  anonymousId: "visitor-zyx-0815",
  note: "my knee operation went badly",
} as const;
const SHAPES = [...Object.values(PERSON), encodeURIComponent(PERSON.email), encodeURIComponent(PERSON.phone)];
/** An unkeyed hash of an address can be guessed back. */
const GUESSABLE = ["md5", "sha1", "sha256"].flatMap((algorithm) =>
  [PERSON.email, PERSON.phone, PERSON.userId].flatMap((value) => {
    const hash = createHash(algorithm).update(value);
    return [hash.copy().digest("hex"), hash.digest("base64url")];
  }),
);

/** What of the person stands in the text. */
export const found = (text: string): string[] =>
  [...SHAPES, ...GUESSABLE].filter((secret) => text.toLowerCase().includes(secret.toLowerCase()));
