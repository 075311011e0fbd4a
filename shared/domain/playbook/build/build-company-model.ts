import { type CompanyModel, formulasOf } from "../model/company-model.ts";
import type { Learning } from "../model/learning.ts";
import type { Parsed } from "../read/sources.ts";
import type { ModelFile } from "../schema/model-file.ts";

export const modelName = (path: string): string => path.replace(/^models\//, "").replace(/\.json$/, "");

export const buildModel = (
  { file, value }: Parsed<ModelFile>,
  learning: Learning | undefined,
): CompanyModel => ({
  name: modelName(file.path),
  actions: value.actions,
  model: value,
  formulas: formulasOf(value, learning),
});
