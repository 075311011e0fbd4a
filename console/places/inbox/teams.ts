import { readYamlForm } from "#domain/draft/edit/yaml-edit.ts";

/** The teams that `conversations.yaml` of a playbook names. */
export const teamsIn = (file: string | undefined): readonly string[] => {
  const value = file === undefined ? null : readYamlForm(file)?.value;
  const teams = typeof value === "object" && value !== null ? Reflect.get(value, "teams") : null;
  return typeof teams === "object" && teams !== null ? Object.keys(teams) : [];
};
