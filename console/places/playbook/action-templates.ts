import { readYamlForm } from "#domain/draft/edit/yaml-edit.ts";
import { titleOf } from "./files.ts";

type Members = Readonly<Record<string, unknown>>;
const isMembers = (value: unknown): value is Members => typeof value === "object" && value !== null;

/** The templates that an action's treatments name: their own, their name's, or the action's. */
export const templatesOf = (path: string, text: string): readonly string[] => {
  const action = readYamlForm(text)?.value;
  const { name, treatments } = isMembers(action) ? action : {};
  const own = typeof name === "string" ? name : titleOf(path);
  const all = Array.isArray(treatments) ? treatments.filter(isMembers) : [];
  const named = all
    .filter(({ content }) => content === undefined)
    .map((each) => [each.template, each.name, own].find((one) => typeof one === "string"));
  return [...new Set(named.filter((one): one is string => typeof one === "string"))];
};
