import type { PlayedTest } from "#runtime/rehearsal/tests.ts";

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** Text for an attribute or an element; what XML cannot hold at all is left out. */
const escaped = (text: string): string =>
  text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: XML has none of these, escaped or not
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "")
    .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "")
    .replace(/[&<>"]/g, (character) => ENTITIES[character] ?? "")
    .replace(/[\r\n\t]/g, (character) => `&#${character.charCodeAt(0)};`);

const seconds = (ms: number): string => (ms / 1_000).toFixed(3);

const caseOf = ({ test: { place, fields }, failures, took }: PlayedTest): string => {
  const about = `name="${escaped(fields.it)}" classname="${escaped(place.file)}" file="${escaped(place.file)}" line="${place.line}" time="${seconds(took)}"`;
  if (failures.length === 0) return `    <testcase ${about}/>`;
  const told = failures.map(
    ({ place: { file, line, column }, message }) => `${file}:${line}:${column} ${message}`,
  );
  return [
    `    <testcase ${about}>`,
    `      <failure message="${escaped(failures[0]?.message ?? "")}">${escaped(told.join("\n"))}</failure>`,
    "    </testcase>",
  ].join("\n");
};

/** What was played as JUnit's XML, which builds show: a suite a file. */
export const junitOf = (name: string, played: readonly PlayedTest[]): string => {
  const sums = (all: readonly PlayedTest[]): string => {
    const failed = all.filter(({ failures }) => failures.length > 0).length;
    const took = all.reduce((sum, one) => sum + one.took, 0);
    return `tests="${all.length}" failures="${failed}" errors="0" time="${seconds(took)}"`;
  };
  const suites = [...Map.groupBy(played, ({ test }) => test.place.file)].map(([file, own]) =>
    [`  <testsuite name="${escaped(file)}" ${sums(own)}>`, ...own.map(caseOf), "  </testsuite>"].join("\n"),
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="${escaped(name)}" ${sums(played)}>\n${suites.join("\n")}\n</testsuites>\n`;
};
