import { useQuery } from "@tanstack/react-query";
import { useShownName } from "#console/data/who.ts";
import { Facts, Section } from "#console/ui/panel.tsx";
import { EmptyState } from "#console/ui/states.tsx";
import { useWords } from "#console/words/language.tsx";
import { type Finding, sinceQuery } from "./data.ts";
import type { Draft, DraftEditor } from "./editing.ts";
import { FileDiff } from "./file-diff.tsx";
import { Findings } from "./findings.tsx";
import { Moved } from "./moved.tsx";
import type { OpenFile } from "./open-files.ts";
import { reviewWords } from "./review-words.ts";
import { Simulate } from "./simulate.tsx";
import { TakeLive } from "./take-live.tsx";

type ReviewProps = {
  readonly draft: Draft;
  readonly files: ReadonlyMap<string, OpenFile>;
  readonly editor: DraftEditor;
  readonly findings: readonly Finding[];
};

/** What a draft changes, what that would have done, and who has said what to it. */
export const Review = ({ draft, files, editor, findings }: ReviewProps) => {
  const { words, formats } = useWords(reviewWords);
  const shownName = useShownName();
  const { draftId, base, live, state, proposal, approval, publication } = draft;
  const since = useQuery({ ...sinceQuery(draftId), enabled: state !== "published" && live !== base });
  const changed = [...files]
    .filter(([, { text, base: before }]) => text !== before)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const said = ({ by, at }: { readonly by: string; readonly at: string }): string =>
    words.by(shownName(by), formats.moment(at));
  return (
    <>
      {since.data !== undefined && live !== base && (
        <TakeLive draft={draft} editor={editor} merges={since.data.merges} />
      )}
      <Facts
        facts={[
          [words.begunBy, said(draft.created)],
          ...(proposal === undefined ? [] : [[words.proposedBy, said(proposal)] as const]),
          ...(proposal?.note === undefined ? [] : [[words.note, proposal.note] as const]),
          ...(approval === undefined ? [] : [[words.approvedBy, said(approval)] as const]),
          ...(publication === undefined ? [] : [[words.publishedBy, said(publication)] as const]),
          [words.version, <code key="version">{proposal?.version ?? base}</code>],
        ]}
      />
      <Findings draftId={draftId} findings={findings} />
      {state !== "published" && <Simulate draft={draft} editor={editor} />}
      {state !== "published" && <Moved draft={draft} editor={editor} />}
      <Section title={words.reviewTitle}>
        {changed.length === 0 && <EmptyState title={words.noDiff} />}
        {changed.map(([path, { text, base: before }]) => (
          <FileDiff key={path} draftId={draftId} path={path} before={before ?? ""} after={text ?? ""} />
        ))}
      </Section>
    </>
  );
};
