/** Loaded when an answer first holds a template: a start with Liquid takes longer than it may (docs/decisions/0019). */
export { renderSlot } from "#domain/message/render/slot.ts";
