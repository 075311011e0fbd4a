import { describe, expect, it } from "vitest";
import { renderMjml } from "#adapters/mjml/render-mjml.ts";
import type { PlaybookFinding } from "#domain/playbook/model/finding.ts";
import { parsePlaybook } from "#domain/playbook/parse.ts";
import { ownFindings, testFiles } from "../../support/playbook/files.ts";
import { MISTAKES_IN_CONSTANTS } from "./mistakes/constants.ts";
import { MISTAKES_IN_CONTACT_POLICY } from "./mistakes/contact-policy.ts";
import { MISTAKES_IN_EVENTS_AND_CHANNELS } from "./mistakes/events-and-channels.ts";
import { MISTAKES_IN_JOURNEYS } from "./mistakes/journeys.ts";
import { type Mistake, MODEL, POLICY, TRIGGERS } from "./mistakes/mistake.ts";
import { CONDITIONS_THAT_MAY_HOLD, CONDITIONS_THAT_NEVER_HOLD, datedFiles } from "./mistakes/never-true.ts";
import { MISTAKES_IN_ROUTES } from "./mistakes/routes.ts";
import { MISTAKES_IN_RULES_AND_ACTIONS } from "./mistakes/rules-and-actions.ts";
import { MISTAKES_IN_TEMPLATES_AND_FILES } from "./mistakes/templates-and-files.ts";
import { MISTAKES_WITHOUT_EFFECT, NO_MISTAKES } from "./mistakes/without-effect.ts";
import { MISTAKES_IN_WORDING } from "./mistakes/wording.ts";

const MISTAKES: readonly Mistake[] = [
  ...MISTAKES_IN_RULES_AND_ACTIONS,
  ...MISTAKES_IN_CONTACT_POLICY,
  ...MISTAKES_IN_EVENTS_AND_CHANNELS,
  ...MISTAKES_IN_ROUTES,
  ...MISTAKES_IN_TEMPLATES_AND_FILES,
  ...MISTAKES_IN_WORDING,
  ...MISTAKES_WITHOUT_EFFECT,
  ...MISTAKES_IN_CONSTANTS,
  ...MISTAKES_IN_JOURNEYS,
  ...CONDITIONS_THAT_NEVER_HOLD,
];

const findingsOf = async (files: Mistake["files"]): Promise<readonly PlaybookFinding[]> => {
  const { errors, warnings } = await parsePlaybook(testFiles(files), renderMjml);
  return ownFindings([...errors, ...warnings]);
};

describe("what a playbook may say without declaring it", () => {
  it.each<readonly [what: string, files: Mistake["files"]]>([
    ...NO_MISTAKES,
    ...CONDITIONS_THAT_MAY_HOLD.map((condition) => [condition, datedFiles(condition)] as const),
    [
      "an outcome of one's own in a cool-down",
      { "contact-policy.yaml": `${POLICY}coolDowns:\n  - { outcome: not now, for: P7D }\n` },
    ],
    [
      "a reported outcome as an event",
      { "triggers.yaml": `${TRIGGERS}thanks: { on: outcome.accepted, placement: trigger.welcome }\n` },
    ],
    [
      "what comes of a message as an event",
      {
        "data-model.yaml": `${MODEL}  Clicks: {}\n`.replace(
          "computed:",
          "computed:\n  clicks: { kind: count, event: message.clicked }",
        ),
      },
    ],
  ])("%s", async (_what, files) => {
    expect(await findingsOf(files)).toEqual([]);
  });
});

describe("flaws of decision tables", () => {
  const table = (
    rows: readonly string[],
  ) => `<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" namespace="d" name="d">
<inputData id="n" name="n"><variable name="n" typeRef="number"/></inputData>
<decision id="t" name="Band"><variable name="Band" typeRef="string"/>
<informationRequirement><requiredInput href="#n"/></informationRequirement>
<decisionTable hitPolicy="UNIQUE"><input><inputExpression typeRef="number"><text>n</text></inputExpression></input><output typeRef="string"/>
${rows.map((row) => `<rule><inputEntry><text>${row}</text></inputEntry><outputEntry><text>"x"</text></outputEntry></rule>`).join("\n")}
</decisionTable></decision></definitions>`;

  it("are warnings with an example: rows that overlap, and inputs that no row covers", async () => {
    const files = { "decisions/band.dmn": table(["[0..5]", "[5..9]"]) };
    const { document, warnings } = await parsePlaybook(testFiles(files), renderMjml);
    expect(document?.decisionFunctions).toMatchObject([{ name: "Band", file: "decisions/band.dmn" }]);
    const codes = warnings.map(({ file, line, code, expected }) => ({ file, line, code, expected }));
    expect(codes).toContainEqual({
      file: "decisions/band.dmn",
      line: 7,
      code: "dmn-overlap",
      expected: "for example n: 5",
    });
    expect(codes).toContainEqual(expect.objectContaining({ code: "dmn-gap" }));
  });

  it.each([
    [
      "by a wrong name",
      '"customer.orders > 1 and Band(count: customer.orders) = \\"x\\""',
      31,
      "unknown-parameter",
    ],
    ["with too many arguments", "Band(1, 2) = null", 6, "wrong-arguments"],
  ])("called %s are errors that say what they take", async (_how, rule, column, code) => {
    const files = { "decisions/band.dmn": table(["-"]), "segments.yaml": `vip: ${rule}\n` };
    const { errors } = await parsePlaybook(testFiles(files), renderMjml);
    const expected = expect.stringContaining("Band(n)");
    expect(errors).toMatchObject([
      { file: "segments.yaml", line: 1, column, code: `feel-${code}`, expected },
    ]);
  });

  it("that cannot be compiled keep the playbook out", async () => {
    const { errors } = await parsePlaybook(testFiles({ "decisions/band.dmn": table(["5 +"]) }), renderMjml);
    expect(errors).toMatchObject([{ file: "decisions/band.dmn", line: 6, code: "dmn-expression" }]);
  });

  it("are told with what was expected of a cell", async () => {
    const { errors } = await parsePlaybook(
      testFiles({ "decisions/band.dmn": table(["&lt; hundred"]) }),
      renderMjml,
    );
    expect(errors).toMatchObject([
      {
        file: "decisions/band.dmn",
        line: 6,
        message: "unknown name `hundred` (Band)",
        expected: "a declared name",
      },
    ]);
  });

  it.each([
    ['&lt; @"2020-01-01T00:00:00"', '@"2020-01-01T00:00:00@'],
    ['[date and time("2020-01-01T00:00:00")..now()]', "a time with a zone"],
    ['not(@"09:30:00")', '@"09:30:00@'],
  ])("are times without a zone, which those of customers have: %s", async (cell, expected) => {
    const dated = table(["-", cell]).replace('typeRef="number"/></inputData>', 'typeRef="Any"/></inputData>');
    const { warnings } = await parsePlaybook(testFiles({ "decisions/band.dmn": dated }), renderMjml);
    const told = { line: 7, code: "dmn-never-true", expected: expect.stringContaining(expected) };
    expect(warnings).toContainEqual(expect.objectContaining(told));
  });

  it.each([
    ['&lt; 5, &gt; number("1,5")', "dmn-invalid-literal", "1.5"],
    ["[1..number(&quot;1,5&quot;)]", "dmn-invalid-literal", "1.5"],
    ['matches("a", "[")', "dmn-pattern", "a regular expression"],
    ["&lt; now() + 3", "dmn-expression", "P30D"],
  ])("are constants that are none: %s", async (cell, code, expected) => {
    const { errors } = await parsePlaybook(
      testFiles({ "decisions/band.dmn": table(["-", cell]) }),
      renderMjml,
    );
    const told = { file: "decisions/band.dmn", line: 7, code, expected: expect.stringContaining(expected) };
    expect(errors).toContainEqual(expect.objectContaining(told));
  });

  it("like two decisions of one name are errors", async () => {
    const files = { "decisions/a.dmn": table(["-"]), "decisions/b.dmn": table(["-"]) };
    const { errors } = await parsePlaybook(testFiles(files), renderMjml);
    expect(errors).toMatchObject([{ file: "decisions/b.dmn", code: "duplicate-name" }]);
  });
});

describe("a mistake in a playbook is found where it was made", () => {
  it.each(MISTAKES)("$what", async ({ files, at, code, expected, severity = "error" }) => {
    const findings = await findingsOf(files);
    const found = findings.map(({ file, line, column, ...finding }) => ({
      ...finding,
      at: `${file}:${line}:${column}`,
    }));
    const match = found.find((finding) => finding.code === code && finding.at === at);
    expect(match ?? found).toMatchObject({ at, code, severity });
    if (expected) expect(match?.expected).toContain(expected);
  });

  it("has nothing to say about a playbook without mistakes", async () => {
    expect(await findingsOf({})).toEqual([]);
  });

  it("gives no document when there are errors, and one when there are only warnings", async () => {
    const wrong = await parsePlaybook(testFiles({ "segments.yaml": "vip: 1\n" }), renderMjml);
    expect(wrong.document).toBeNull();
    const doubtful = await parsePlaybook(testFiles({ "templates/spare/sms.txt": "Hello" }), renderMjml);
    expect(doubtful.document).not.toBeNull();
  });

  it("reports every file that cannot be read, not only the first", async () => {
    const findings = await findingsOf({
      "segments.yaml": "[",
      "triggers.yaml": "x: {}",
      "actions/welcome.yaml": "a: 1",
    });
    expect(new Set(findings.map(({ file }) => file))).toEqual(
      new Set(["segments.yaml", "triggers.yaml", "actions/welcome.yaml"]),
    );
  });
});

describe("bounds of a playbook", () => {
  it.each([
    ["a file over 512 KB", { "templates/welcome/email.html": "x".repeat(512 * 1024 + 1) }],
    [
      "more than 500 files",
      Object.fromEntries(Array.from({ length: 501 }, (_, i) => [`actions/a${i}.yaml`, ""])),
    ],
    [
      "more than 4 MB in all",
      Object.fromEntries(
        Array.from({ length: 9 }, (_, i) => [`templates/t${i}/sms.txt`, "x".repeat(500_000)]),
      ),
    ],
  ])("refuses %s", async (_what, files) => {
    expect((await findingsOf(files)).map(({ code }) => code)).toContain("too-large");
  });

  it("refuses aliases that would grow without end", async () => {
    const bomb = ["a: &a [x, x, x, x, x, x, x, x, x]"];
    for (const [before, name] of ["ab", "bc", "cd", "de", "ef"]) {
      bomb.push(`${name}: &${name} [${Array(9).fill(`*${before}`).join(", ")}]`);
    }
    expect(await findingsOf({ "segments.yaml": bomb.join("\n") })).toMatchObject([
      { code: "yaml", message: "Too many aliases", expected: expect.stringContaining("100") },
    ]);
  });

  it("stops listing after 200 findings", async () => {
    const many = Array.from({ length: 300 }, (_, i) => `s${i}: customer.nothing`).join("\n");
    expect(await findingsOf({ "segments.yaml": many })).toHaveLength(200);
  });
});
