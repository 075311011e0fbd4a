import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import * as z from "zod/mini";

const FOLDER = join(import.meta.dirname, "../../shared/events");

/** One kind of event on the bus, as its file says it. */
export type BusEvent = {
  readonly name: string;
  readonly version: number;
  readonly about: string;
  readonly members: readonly { readonly name: string; readonly required: boolean; readonly about: string }[];
  readonly example: unknown;
};

const Contract = z.object({
  name: z.string(),
  version: z.number(),
  schema: z.custom<z.core.$ZodType>(
    (value) => typeof value === "object" && value !== null && "_zod" in value,
  ),
  example: z.unknown(),
});
const Shape = z.object({ properties: z.record(z.string(), z.unknown()), required: z.array(z.string()) });

/** The comment right above what a line begins with; a catalogue says what the source says. */
const commentAbove = (text: string, beginning: string): string => {
  const at = text.search(new RegExp(`^\\s*${beginning}`, "m"));
  const comment = /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*$/.exec(at < 0 ? "" : text.slice(0, at))?.[1] ?? "";
  return comment.replace(/\s*\n\s*\* ?/g, " ").trim();
};

/** Every kind of event on the bus, by name: the files of `shared/events`. */
export const busEvents = async (): Promise<readonly BusEvent[]> => {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith(".ts"));
  const events = await Promise.all(
    files.map(async (file) => {
      const path = join(FOLDER, file);
      const text = readFileSync(path, "utf8");
      const exported: Readonly<Record<string, unknown>> = await import(pathToFileURL(path).href);
      return Object.entries(exported).flatMap(([constant, value]) => {
        const contract = Contract.safeParse(value);
        if (!contract.success) return [];
        const { name, version, schema, example } = contract.data;
        const { properties, required } = Shape.parse(z.toJSONSchema(schema));
        const members = Object.keys(properties).map((member) => ({
          name: member,
          required: required.includes(member),
          about: member === "v" ? "The version." : commentAbove(text, `${member}: z\\.`),
        }));
        return [{ name, version, about: commentAbove(text, `export const ${constant} =`), members, example }];
      });
    }),
  );
  return events.flat().toSorted((a, b) => (a.name < b.name ? -1 : 1));
};
