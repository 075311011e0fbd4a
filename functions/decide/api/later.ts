/** Loaded when an answer first holds a template: Liquid weighs a third of what a start reads (infra/bundle.ts). */
export { renderSlot } from "../../../shared/domain/message/render/slot.ts";
