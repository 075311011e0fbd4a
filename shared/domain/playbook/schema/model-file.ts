import * as z from "zod/mini";
import { listOf, mapOf, name, text } from "./text.ts";

const number = () => z.number({ error: "a finite number" });
const index = () => z.int({ error: "the number of a node, from 0" });

const Coefficient = z.union([
  number(),
  z.strictObject({ weight: number(), missing: z.optional(number()) }),
  z.strictObject({ values: mapOf(z.string(), number()) }),
]);
const TreeNode = z.union([
  z.strictObject({ leaf: number() }),
  z.strictObject({
    predictor: name(),
    below: number(),
    yes: index(),
    no: index(),
    missing: z.optional(z.enum(["yes", "no"])),
  }),
]);
const someActions = () => listOf(name()).check(z.minLength(1, { error: "at least one action" }));
const MOST_TREES = 1_000;

/** `models/<name>.json`: a company's own model of how likely a customer is to respond, as coefficients. */
export const ModelFile = z.discriminatedUnion("kind", [
  z.strictObject({
    description: z.optional(text()),
    kind: z.literal("logistic"),
    actions: someActions(),
    intercept: number(),
    coefficients: mapOf(name(), Coefficient),
  }),
  z.strictObject({
    description: z.optional(text()),
    kind: z.literal("trees"),
    actions: someActions(),
    intercept: number(),
    trees: listOf(listOf(TreeNode), MOST_TREES),
  }),
]);
export type ModelFile = z.infer<typeof ModelFile>;
