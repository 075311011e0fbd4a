import metadata from "libphonenumber-js/min/metadata";
import * as z from "zod/mini";
import { type WrittenFile, writtenFile } from "./written-file.ts";

/*
 * How each country writes its phone numbers. Run it when libphonenumber-js is updated. Of its metadata we need what makes
 * E.164 of a number; patterns for printing are most of it and would be in every bundle that looks somebody up.
 */

/** Positions in version 4 of libphonenumber-js's metadata (source/metadata.js). */
const Plan = z.tuple([z.string(), z.unknown(), z.string(), z.array(z.number())], z.unknown());
const Metadata = z.object({
  version: z.literal(4),
  country_calling_codes: z.record(z.string(), z.array(z.string())),
  countries: z.record(z.string(), Plan),
  nonGeographic: z.record(z.string(), Plan),
});

const { country_calling_codes: codes, countries, nonGeographic } = z.parse(Metadata, metadata);

const text = (value: unknown): string => (typeof value === "string" ? value : "");

const rowOf = (name: string, plan: z.infer<typeof Plan>): string => {
  const [code, dialOut, pattern, lengths] = plan;
  const prefix = text(plan[7]) || text(plan[5]);
  return `${JSON.stringify([name, code, text(dialOut), pattern, lengths, prefix, text(plan[8])])},`;
};

const geographic = Object.values(codes)
  .flat()
  .flatMap((name) => {
    const plan = countries[name];
    return plan === undefined ? [] : [rowOf(name, plan)];
  });

const rows = [...geographic, ...Object.entries(nonGeographic).map(([code, plan]) => rowOf(code, plan))];
const lines = Array.from({ length: Math.ceil(rows.length / 4) }, (_, index) =>
  rows.slice(4 * index, 4 * index + 4).join(" "),
);

export const files: readonly WrittenFile[] = [
  writtenFile("shared/kernel/phone/plans.generated.ts", {
    writer: "phone-plans.table.ts",
    about: [
      "From the metadata of libphonenumber-js (MIT), which is Google's libphonenumber (Apache-2.0).",
      "Of the countries that share a calling code, the main one comes first.",
    ],
    code: `
/** Country, calling code, prefix for calling abroad, national numbers, their lengths, national prefix, what replaces it. */
export type PlanRow = readonly [
  country: string,
  callingCode: string,
  dialOut: string,
  pattern: string,
  lengths: readonly number[],
  prefix: string,
  replacement: string,
];

export const PLANS: readonly PlanRow[] = [
${lines.map((some) => `  ${some}`).join("\n")}
];
`,
  }),
];
