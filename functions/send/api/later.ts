/** Loaded when content first holds Liquid: most messages name a treatment, whose texts were checked at upload. */
export { parseLiquid } from "#template/liquid/check.ts";
