import { createContext, useContext } from "react";
import type { YamlEdit, YamlPath } from "#domain/draft/edit/yaml-tree.ts";
import type { Declared } from "./known-names.ts";

/** A finding with the value that it is about. */
export type PlacedFinding = {
  readonly severity: "error" | "warning";
  readonly code: string;
  readonly message: string;
  readonly expected?: string | undefined;
  readonly path: YamlPath;
};

/** What every field of a form needs. */
export type FormContext = {
  readonly edit: (edit: YamlEdit) => void;
  readonly findings: readonly PlacedFinding[];
  readonly declared: Declared;
  readonly readOnly: boolean;
  /** Says where somebody writes, so that the text beside the form shows it. */
  readonly onAt: (path: YamlPath) => void;
};

const Context = createContext<FormContext | null>(null);
export const FormProvider = Context;

export const useForm = (): FormContext => {
  const form = useContext(Context);
  if (form === null) throw new Error("a field stands outside of a form");
  return form;
};

const begins = (path: YamlPath, whole: YamlPath): boolean =>
  path.every((step, index) => String(step) === String(whole[index]));

/** Findings about a value and all within it. */
export const findingsWithin = (
  findings: readonly PlacedFinding[],
  path: YamlPath,
): readonly PlacedFinding[] => findings.filter((finding) => begins(path, finding.path));

/** Findings about a value itself. */
export const findingsAt = (findings: readonly PlacedFinding[], path: YamlPath): readonly PlacedFinding[] =>
  findings.filter((finding) => finding.path.length === path.length && begins(path, finding.path));
