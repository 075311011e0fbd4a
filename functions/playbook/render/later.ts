/** Loaded with the first preview: a start with Liquid takes longer than it may (docs/decisions/0019). */
export { RENDERS } from "#channels/all.renders.ts";
export { readerOf, renderTreatment } from "#usecases/preview/render-treatment.ts";
