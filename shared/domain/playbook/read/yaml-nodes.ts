import { type Document, isAlias, isScalar, type Node, visit, type YAMLMap } from "yaml";
import { BOUNDS } from "#kernel/bounds.ts";
import { expectedOneOf } from "#kernel/suggest.ts";
import { MAX_FINDINGS, type PlaybookFinding } from "../model/finding.ts";

type Place = Pick<PlaybookFinding, "file" | "line" | "column">;

export const tooDeep = (place: Place): PlaybookFinding => {
  const message = "Lists and maps are nested too deep";
  return { severity: "error", ...place, code: "yaml", message, expected: `at most ${BOUNDS.jsonDepth}` };
};

/** A pair of a map is a step of its own in yaml's paths. */
const LONGEST_PATH = 2 * BOUNDS.jsonDepth;

/** What the parser lets pass: `*name` where no `&name` stands before it, a name given twice, and what is nested without end. */
export const wrongNodes = (
  document: Document.Parsed,
  placeOf: (offset: number) => Place,
): readonly PlaybookFinding[] => {
  const findings: PlaybookFinding[] = [];
  const anchors = new Set<string>();
  const at = (node: Node): Place => placeOf(node.range?.[0] ?? 0);
  visit(document, {
    Node: (_, node, path) => {
      if (path.length > LONGEST_PATH) {
        findings.push(tooDeep(at(node)));
        return visit.BREAK;
      }
      if (findings.length >= MAX_FINDINGS) return visit.BREAK;
      if (!isAlias(node)) {
        if (node.anchor !== undefined) anchors.add(node.anchor);
        return;
      }
      if (anchors.has(node.source)) return;
      const known = anchors.size === 0 ? "" : `${expectedOneOf(node.source, anchors)}; `;
      findings.push({
        severity: "error",
        ...at(node),
        code: "yaml",
        message: `There is no anchor "&${node.source}" before this`,
        expected: `${known}quotes, for a text that begins with *`,
      });
    },
  });
  visit(document, {
    Map: (_, map) => {
      for (const node of repeatedNames(map)) findings.push(givenTwice(at(node)));
    },
  });
  return findings.slice(0, MAX_FINDINGS);
};

const givenTwice = (place: Place): PlaybookFinding => ({
  severity: "error",
  ...place,
  code: "duplicate-name",
  message: "This name is given twice",
  expected: "each name once",
});

const repeatedNames = (map: YAMLMap): readonly Node[] => {
  const seen = new Set<unknown>();
  return map.items.flatMap(({ key }) => {
    if (!isScalar(key)) return [];
    const isRepeated = seen.has(key.value);
    seen.add(key.value);
    return isRepeated ? [key] : [];
  });
};
