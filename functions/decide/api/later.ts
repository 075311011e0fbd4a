/**
 * Loaded when an answer first holds a template or has to be explained: Liquid weighs a third of what a start reads, and
 * explanations are for people (infra/bundle.ts).
 */
export { explainedAnswer } from "#domain/decision/explain/explain.ts";
export { renderSlot } from "#domain/message/render/slot.ts";
