import { readYamlForm } from "#domain/draft/edit/yaml-edit.ts";

/** Ends a run; no step has this name. */
export const STOP = "stop";

/** Why a run takes a way: it is the usual one, the other one, an arm of a split with its weight, or a rule that holds. */
export type Way = {
  readonly to: string;
  readonly by: "next" | "otherwise" | "arm" | "if";
  readonly said?: string;
};

export type FlowStep = {
  readonly name: string;
  /** What it waits for, asks, says or does, as the file says it. */
  readonly about: string;
  /** How long it waits at most, as an ISO-8601 duration. */
  readonly lasts?: string;
  readonly description?: string;
  readonly ways: readonly Way[];
};

type Fields = Readonly<Record<string, unknown>>;

const fieldsOf = (value: unknown): Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : {};
const text = (value: unknown): string | undefined =>
  typeof value === "string" || typeof value === "number" ? String(value) : undefined;

const KINDS = ["decide", "waitFor", "waitUntil", "emit"] as const;

const aboutOf = (fields: Fields): string => {
  const kind = KINDS.find((name) => fields[name] !== undefined);
  if (kind !== undefined) return text(fields[kind]) ?? "";
  if (fields.exit !== undefined) return text(fieldsOf(fields.exit).as) ?? "";
  return Object.keys(fieldsOf(fields.split ?? fields.set)).join(", ");
};

const waysOf = (fields: Fields): readonly Way[] => {
  const next = text(fields.next) ?? STOP;
  if (fields.exit !== undefined) return [];
  if (fields.split !== undefined)
    return Object.entries(fieldsOf(fields.split)).map(([arm, weight]) => ({
      to: text(fields[arm]) ?? STOP,
      by: "arm",
      said: `${arm} ${text(weight) ?? ""}`.trim(),
    }));
  const otherwise: Way = { to: text(fields.otherwise) ?? STOP, by: "otherwise" };
  if (Array.isArray(fields.branch))
    return [
      ...fields.branch.map((one): Way => {
        const { if: rule, next: to } = fieldsOf(one);
        return { to: text(to) ?? STOP, by: "if", said: text(rule) ?? "" };
      }),
      otherwise,
    ];
  const asks = fields.decide !== undefined;
  const isOneWay = fields.wait !== undefined || fields.set !== undefined || fields.emit !== undefined;
  if (isOneWay || (asks && (fields.otherwise === undefined || text(fields.otherwise) === next)))
    return [{ to: next, by: "next" }];
  return [{ to: next, by: "next" }, otherwise];
};

const nameOf = (path: string, value: Fields): string =>
  text(value.name) ?? path.replace(/^journeys\//, "").replace(/\.yaml$/, "");

/** A journey as its file draws it: steps in the order of the file. Empty: the playbook holds no such file. */
export const flowOf = (files: Readonly<Record<string, string>>, journey: string): readonly FlowStep[] => {
  for (const [path, source] of Object.entries(files)) {
    if (!/^journeys\/.+\.yaml$/.test(path)) continue;
    const value = fieldsOf(readYamlForm(source)?.value);
    if (nameOf(path, value) !== journey) continue;
    return Object.entries(fieldsOf(value.steps)).map(([name, step]) => {
      const fields = fieldsOf(step);
      const description = text(fields.description);
      const lasts = text(fields.wait) ?? text(fields.within);
      return {
        name,
        about: aboutOf(fields),
        ways: waysOf(fields),
        ...(lasts === undefined ? {} : { lasts }),
        ...(description === undefined ? {} : { description }),
      };
    });
  }
  return [];
};
