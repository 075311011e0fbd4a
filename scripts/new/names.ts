export interface NewFunction {
  /** The step of the way: collect, profile, decide, ... */
  readonly group: string;
  readonly name: string;
  readonly kind: "http" | "worker";
}

/** A file that is new, or one that has a row more, by path from the project's root. */
export type Files = Readonly<Record<string, string>>;

/** `acme-mail` -> `AcmeMail`. */
export const capitalized = (words: string): string => {
  const camel = camelCase(words);
  return camel.charAt(0).toUpperCase() + camel.slice(1);
};

/** `show-receive-replies` -> `showReceiveReplies`. */
export const camelCase = (words: string): string =>
  words.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
