import type { BusEvent } from "./bus-events.ts";
import { CALLS, MEMBERS, type Meaning, outcomes, reservedEvents } from "./meanings.ts";

const code = (name: string): string => `\`${name}\``;
const list = (names: readonly string[]): string => names.map(code).join(", ") || "–";
const rows = (meanings: readonly Meaning[]): string =>
  meanings.map(({ name, about }) => `| ${code(name)} | ${about} |`).join("\n");

const busEvent = ({ name, version, about, members, example }: BusEvent): string => `### ${name}
Version ${version}. ${about}

| member | | |
|---|---|---|
${members.map((each) => `| ${code(each.name)} | ${each.required ? "always" : "sometimes"} | ${each.about} |`).join("\n")}

\`\`\`json
${JSON.stringify(example, null, 2)}
\`\`\`
`;

/** Fails where the document has something that the page has no words for, or the page words for nothing. */
const expectSame = (what: string, told: readonly string[], documented: readonly string[]): void => {
  const differing = [...told, ...documented].filter(
    (name) => !told.includes(name) || !documented.includes(name),
  );
  if (differing.length > 0)
    throw new Error(`meanings.ts and the API's document differ in ${what}: ${differing}`);
};

/**
 * The catalogue of every event as Markdown: what clients send, what the hub tells itself, what goes on the bus, and outcomes.
 * Throws when an event or a member has no words.
 */
export const cataloguePage = (
  documented: { readonly types: readonly string[]; readonly members: readonly string[] },
  bus: readonly BusEvent[],
): string => {
  expectSame("types", Object.keys(CALLS), documented.types);
  expectSame("members", Object.keys(MEMBERS), documented.members);
  const calls = Object.entries(CALLS).map(
    ([type, { required, optional, about }]) =>
      `| ${code(type)} | ${about} | ${list(required)} | ${list(optional)} |`,
  );
  return `<!-- Written by \`npm run tables\` (scripts/tables/event-catalogue.table.ts): do not edit. -->
# Every event
What clients send, what the hub tells itself, what goes on the bus, and what may come of a message or an action. When and about
whom each counts is in [events.md](events.md).

## What clients send
\`POST /v1/<type>\`, or several by \`POST /v1/batch\`. Each names somebody by ${code("userId")} or ${code("anonymousId")}.

| type | says | must have | may have |
|---|---|---|---|
${calls.join("\n")}

| member | |
|---|---|
${rows(Object.entries(MEMBERS).map(([name, about]) => ({ name, about })))}

\`POST /v1/track\` takes CloudEvents too; events of AWS become events as the playbook says.

## What exists in every playbook
Triggers, computed traits and rules may name these without declaring them.

| event | |
|---|---|
${rows(reservedEvents())}

## What comes of it
Outcomes that mean something by themselves; any other name is kept.

| outcome | |
|---|---|
${rows(outcomes())}

## What goes on the bus
Ids only, no personal data. Each file of \`shared/events\` is one; publisher and subscriber import the same schema.

${bus.map(busEvent).join("\n")}`;
};
