import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { Asked } from "#console/ui/asked.tsx";
import { Badge } from "#console/ui/badge.tsx";
import look from "#console/ui/look.module.css";
import { Page } from "#console/ui/page.tsx";
import { useWords } from "#console/words/language.tsx";
import { versionQuery } from "./data.ts";
import { EditView } from "./edit-view.tsx";
import type { DraftEditor, Editing } from "./editing.ts";
import type { OpenFile } from "./open-files.ts";
import { playbookWords } from "./words.ts";

type VersionProps = { readonly version: string; readonly chosen: string | undefined };

/** A version as it was kept, to be looked at: nobody changes it any more. */
export const VersionPage = ({ version, chosen }: VersionProps) => {
  const { words } = useWords(playbookWords);
  const asked = useQuery(versionQuery(version));
  return (
    <Page title={version} aside={asked.data?.published === true && <Badge tone="good">{words.live}</Badge>}>
      <p className={look.small}>{words.versionHint}</p>
      <Asked query={asked}>
        {({ files }) => <KeptFiles version={version} chosen={chosen} files={files} />}
      </Asked>
    </Page>
  );
};

/** What a version says is written down: nothing of it is changed or saved. */
const keptAs = (files: Readonly<Record<string, string>>): DraftEditor & { readonly editing: Editing } => {
  const open = Object.entries(files).map(([path, text]): [string, OpenFile] => [
    path,
    { text, saved: text, base: text, revision: null, edition: 0 },
  ]);
  const editing: Editing = { files: new Map(open), saving: "saved", refusal: null };
  const nothing = (): void => {};
  return {
    editing,
    current: () => editing,
    listen: () => nothing,
    receive: nothing,
    write: nothing,
    settle: nothing,
    flush: () => Promise.resolve(true),
  };
};

const KeptFiles = ({
  version,
  chosen,
  files,
}: VersionProps & { readonly files: Readonly<Record<string, string>> }) => {
  const kept = useMemo(() => keptAs(files), [files]);
  return (
    <EditView
      draftId={version}
      chosen={chosen}
      editor={kept}
      editing={kept.editing}
      findings={null}
      readOnly
    />
  );
};
