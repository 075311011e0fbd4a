type Members = Readonly<Record<string, unknown>>;

export type Changed = {
  readonly name: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
};

const LONGEST = 200;

const written = (value: unknown): string | undefined => {
  if (value === undefined || value === null) return undefined;
  const plain = Array.isArray(value) && value.every((one) => typeof one === "string");
  const text = plain ? value.join(", ") : typeof value === "string" ? value : JSON.stringify(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
};

/** Which members an entry says are other than before, each as text; what stayed is left out. */
export const changesIn = ({
  before = {},
  after = {},
}: {
  readonly before?: Members;
  readonly after?: Members;
}): readonly Changed[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .map((name) => ({ name, before: written(before[name]), after: written(after[name]) }))
    .filter((one) => one.before !== one.after);
