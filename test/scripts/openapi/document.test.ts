import { describe, expect, it } from "vitest";
import { ROUTES } from "#functions/api/not-found/routes.generated.ts";
import {
  answersOf,
  contentsOf,
  document,
  type Json,
  nodesOf,
  operations,
  PROBLEM,
  resolve,
  shapeOf,
  usedBy,
  wrongIn,
} from "../../support/api/documented.ts";

const nodes = nodesOf(document);

/** Methods that a client of the API is called by: they say what to do, and to what. */
const IDS = [
  "alias aliasShort askToConfirm askToUnsubscribe batch batchShort checkConfirm checkLink checkOpening checkPreferences",
  "checkUnsubscribe confirm countOpening decide decideSlots findProfile followLink group groupShort identify identifyShort import",
  "listPlaybooks page pageShort publishPlaybook renderTreatment reportOutcome reportSlotOutcome requestMessage savePreferences",
  "screen screenShort showDecision showDocument showExperiments showMessage showModels showPlaybook showPreferences showProfile",
  "showReport showSettings showSimulation showTimeline simulate takeHealthReport track trackShort unsubscribe uploadPlaybook",
].flatMap((line) => line.split(" "));
/** Segment's calls have the names that its clients give them. */
const SEGMENT = /^(alias|batch|group|identify|import|page|screen|track)(Short)?$/;
const VERBS =
  /^(add|answer|approve|ask|assign|begin|cancel|change|check|claim|close|compare|confirm|count|create|decide|discard|end|find|finish|follow|invite|keep|list|log|move|pause|propose|publish|read|release|render|renew|reopen|reply|report|request|resume|reveal|revoke|rotate|save|show|simulate|snooze|start|tag|take|tell|unsubscribe|upload)([A-Z][a-z]+)*$/;

describe("the API's document", () => {
  it("has every route that the hub answers, and no other", () => {
    expect(operations.map(({ route }) => route).toSorted()).toEqual([...ROUTES].toSorted());
  });

  it("has a summary, one tag that is declared, and an id of its own for every call", () => {
    const tags = document.tags.map(({ name }) => name);
    for (const { route, summary, tags: own } of operations) {
      expect(summary, route).toMatch(/^[A-Z].{5,}[^.]$/);
      expect([own.length, tags], route).toEqual([1, expect.arrayContaining([...own])]);
    }
    const ids = operations.map(({ operationId }) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("calls each by a verb and what it is done to, or as Segment's clients do", () => {
    const others = operations.map(({ operationId }) => operationId).filter((id) => !SEGMENT.test(id));
    expect(others.filter((id) => !VERBS.test(id))).toEqual([]);
  });

  it("keeps the names that generated clients were built on", () => {
    expect(operations.map(({ operationId }) => operationId)).toEqual(expect.arrayContaining(IDS));
  });

  it("leads somewhere with every reference, and to nothing without a name", () => {
    const refs = nodes.flatMap(([at, { $ref }]) => (typeof $ref === "string" ? [[at, $ref] as const] : []));
    expect(refs.length).toBeGreaterThan(100);
    expect(refs.filter(([, ref]) => !ref.startsWith("#/") || resolve(ref) === undefined)).toEqual([]);
    expect(JSON.stringify(document)).not.toMatch(/__schema|\$defs/);
  });

  it("refers to all that it keeps", () => {
    const refs = new Set(nodes.map(([, { $ref }]) => $ref));
    for (const kind of ["schemas", "responses"] as const)
      for (const name of Object.keys(document.components[kind]))
        expect(refs, name).toContain(`#/components/${kind}/${name}`);
  });

  it("has an example of every JSON request and answer, and each fits its shape", () => {
    let tried = 0;
    for (const operation of operations) {
      for (const [where, content] of contentsOf(operation)) {
        for (const [type, { schema, example }] of Object.entries(content)) {
          if (!type.endsWith("json") || type === PROBLEM) continue;
          const place = `${operation.route} ${where} ${type}`;
          expect(example, place).toBeDefined();
          expect(wrongIn(schema, example), place).toEqual([]);
          tried += 1;
        }
      }
      for (const { name, schema, example } of operation.parameters)
        expect(wrongIn(schema, example), `${operation.route} ${name}`).toEqual([]);
    }
    expect(tried).toBeGreaterThan(operations.length);
  });

  it("notices an example that does not fit", () => {
    expect(wrongIn({ $ref: "#/components/schemas/Problem" }, { status: "late" })).toContain(
      "/status must be integer",
    );
  });

  it("tells every refusal in the form of a problem, 422 too", () => {
    for (const operation of operations) {
      // What people open answers in pages.
      const isLink = operation.tags.includes("Links");
      for (const [status, { content = {}, description }] of answersOf(operation)) {
        const isPage = isLink || Object.keys(content).join() === "text/html";
        const place = `${operation.route} ${status}`;
        expect(description, place).toMatch(/./);
        if (Number(status) < 400 || (isPage && status !== "default")) continue;
        expect(Object.keys(content), place).toEqual([PROBLEM]);
        const { properties, required } = shapeOf(content[PROBLEM]?.schema ?? {});
        expect(Object.keys(properties), place).toEqual(expect.arrayContaining(["errors"]));
        expect(required, place).toEqual(
          expect.arrayContaining(["type", "title", "status", "code", "message"]),
        );
      }
    }
    const upload = operations.find(({ operationId }) => operationId === "uploadPlaybook");
    expect(Object.keys(upload?.responses["422"]?.content ?? {})).toEqual([PROBLEM]);
  });

  it("says of each call what it may be refused for", () => {
    for (const { route, parameters, requestBody, security, responses, tags } of operations) {
      if (tags.includes("Links")) continue;
      const takes = requestBody !== undefined || parameters.some((one) => one.in !== "path");
      const names = parameters.some((one) => one.in === "path" && one.name !== "writeKey");
      const expected = [
        ...(takes ? ["400"] : []),
        ...(security.length === 0 ? [] : ["401", "403", "503"]),
        ...(names ? ["404"] : []),
        ...(parameters.some(({ name }) => name === "Idempotency-Key") ? ["409"] : []),
        "default",
      ];
      expect(Object.keys(responses), route).toEqual(expect.arrayContaining(expected));
    }
  });

  it("describes every parameter, and says in words what bounds it has", () => {
    for (const { route, parameters } of operations) {
      const path = [...route.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      expect(parameters.filter((one) => one.in === "path").map(({ name }) => name)).toEqual(path);
      for (const { name, description = "", schema } of parameters) {
        const place = `${route} ${name}`;
        expect(description, place).toMatch(/^[A-Z`].{5,}/);
        for (const bound of ["minimum", "maximum", "maxLength", "default"].map((one) => schema[one]))
          if (bound !== undefined) expect(description, place).toContain(String(bound));
        for (const one of namesIn(schema)) expect(description, place).toContain(one);
      }
    }
  });
});

/** Names that a schema allows: those of an enumeration, and of a pattern that is one. */
const namesIn = ({ enum: names = [], pattern = "" }: Json): readonly string[] => [
  ...(names as readonly string[]),
  ...(/^\^\(([a-z|]+)\)/.exec(String(pattern))?.[1]?.split("|") ?? []),
];

/*
 * openapi-python-client leaves out what it cannot read, with a warning that nobody sees in a build: a call whose body has no
 * type that it knows, an answer of another type (its bodies.py, responses.py). Version 0.29.1 makes all the rest.
 */
describe("a client made by openapi-python-client", () => {
  const READ = /^(application\/(.+\+)?json|application\/octet-stream|text\/.+)$/;
  const SENT =
    /^(application\/(.+\+)?json|application\/octet-stream|application\/x-www-form-urlencoded|multipart\/form-data)$/;

  it("has every call: each takes a body of a type that it sends", () => {
    for (const { route, requestBody } of operations) {
      const types = Object.keys(requestBody?.content ?? {});
      expect(types.length === 0 || types.some((type) => SENT.test(type)), route).toBe(true);
    }
  });

  it("has every answer, but for the picture in a mail", () => {
    const unread = operations.flatMap((operation) =>
      answersOf(operation).flatMap(([, { content = {} }]) =>
        Object.keys(content).some((type) => READ.test(type)) ? [] : [operation.operationId],
      ),
    );
    expect([...new Set(unread)]).toEqual(["countOpening", "checkOpening"]);
  });

  it("has decisions and messages with their types: none holds itself or lacks a type", () => {
    for (const id of ["decide", "requestMessage"]) {
      const operation = operations.find(({ operationId }) => operationId === id);
      const used = usedBy(operation);
      expect(used.size, id).toBeGreaterThan(1);
      for (const name of used)
        expect(usedBy(resolve(`#/components/schemas/${name}`)), name).not.toContain(name);
    }
  });
});
