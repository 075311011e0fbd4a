import type { Figures } from "./port.ts";
import type { StepReport } from "./steps.ts";

export type Receipt = {
  readonly v: 1;
  readonly release: string;
  readonly at: string;
  readonly where: { readonly kind: "aws" | "local"; readonly stage: string; readonly region: string | null };
  readonly run: string;
  readonly steps: readonly StepReport[];
  /** Requests that the caller made of the hub. */
  readonly requestsByCaller: number;
  readonly figures: Figures | null;
  /** The same story in the local cloud, as its last receipt tells. */
  readonly beside: { readonly at: string; readonly figures: Figures | null } | null;
};

const PERSONAL: readonly (readonly [RegExp, string])[] = [
  [/[^\s"'<>:=;,]+@[^\s"'<>;,]+/g, "<address>"],
  [/https?:\/\/[^\s"'<>]+\/[lucop]\/[\w-]+/g, "<link>"],
  [/\bhttps:\/\/\w+\.execute-api\.[^\s"'<>]+/g, "<api>"],
  // AWS account ids, and phone numbers.
  [/(?<![\w-])\d{12}(?![\w-])/g, "<account>"],
  [/\+\d{7,15}\b/g, "<phone>"],
  [/\b[sw]k_[\w-]{20,}/g, "<key>"],
];

/**
 * A text without addresses, links, keys and account ids: what others say goes into the receipt through this alone.
 * @param hidden further texts that are to stand nowhere
 */
export const withoutPersonalData = (text: string, hidden: readonly string[] = []): string =>
  hidden.reduce(
    (clean, secret) => clean.replaceAll(secret, "<hidden>"),
    PERSONAL.reduce((clean, [pattern, instead]) => clean.replace(pattern, instead), text),
  );

const OUTCOMES = { true: "yes", false: "NO", null: "left out" } as const;

const FIGURES: readonly (readonly [keyof Figures, string])[] = [
  ["requestsByFunctions", "requests of functions to AWS services"],
  ["requestsByServices", "requests that services made by themselves"],
  ["invocations", "invocations"],
  ["functionMilliseconds", "milliseconds of functions"],
  ["readUnits", "DynamoDB read units"],
  ["writeUnits", "DynamoDB write units"],
  ["dollars", "dollars at list prices"],
];

const figure = (figures: Figures | null | undefined, name: keyof Figures): string => {
  const value = figures?.[name];
  if (typeof value !== "number") return "not counted";
  return name === "dollars" ? value.toFixed(6) : String(Math.round(value * 10) / 10);
};

const usedTable = (figures: Figures | null, beside: Receipt["beside"]): readonly string[] => {
  const columns = (here: string, there: string): string => (beside === null ? here : `${here} | ${there}`);
  return [
    `| used by the story | ${columns("here", `the local cloud, ${beside?.at.slice(0, 10)}`)} |`,
    `|---|${columns("---", "---").replaceAll(" ", "")}|`,
    ...FIGURES.map(
      ([name, what]) => `| ${what} | ${columns(figure(figures, name), figure(beside?.figures, name))} |`,
    ),
  ];
};

const cell = (text: string): string => text.replaceAll("|", "\\|").replaceAll("\n", " ");

/** Whether every step that was not left out saw what it claims. */
export const isProven = ({ steps }: Receipt): boolean => steps.every(({ ok }) => ok !== false);

/** A receipt for people to read. */
export const receiptPage = (receipt: Receipt): string => {
  const { where, beside, figures } = receipt;
  const place = where.kind === "aws" ? `AWS, ${where.region}` : "the local cloud";
  return [
    `# Receipt of \`rapport prove\`: ${place}, ${receipt.at.slice(0, 10)}`,
    "",
    `Release ${receipt.release}, stage \`${where.stage}\`, run \`${receipt.run}\`: ${isProven(receipt) ? "every step that was played saw what it claims" : "NOT everything that is claimed was seen"}.`,
    "It names no person, address, account or key.",
    "",
    "| step | claim | what was done | what was seen | proven | ms |",
    "|---|---|---|---|---|---|",
    ...receipt.steps.map(
      ({ name, claim, does, seen, ok, milliseconds }) =>
        `| ${name} | ${cell(claim)} | ${cell(does)} | ${cell(seen)} | ${OUTCOMES[`${ok}`]} | ${milliseconds} |`,
    ),
    "",
    `The caller made ${receipt.requestsByCaller} requests of the hub; milliseconds are what the caller waited.`,
    "",
    ...usedTable(figures, beside),
    "",
    `Counted here by ${figures?.countedBy ?? "nobody"}.`,
    "",
  ].join("\n");
};
