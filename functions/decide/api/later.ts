/**
 * Loaded when an answer first holds a template or has to be explained: a start with Liquid takes longer than it may
 * (docs/decisions/0019), and explanations are for people.
 */
export { explainedAnswer } from "#domain/decision/explain/explain.ts";
export { renderSlot } from "#domain/message/render/slot.ts";
