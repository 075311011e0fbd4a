import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { RapportProblem } from "#client/problem.ts";
import { useMay } from "#console/data/session.ts";
import { useShownName } from "#console/data/who.ts";
import { Asked } from "#console/ui/asked.tsx";
import { Badge } from "#console/ui/badge.tsx";
import { Choice } from "#console/ui/choice.tsx";
import { useKeys } from "#console/ui/keys.ts";
import look from "#console/ui/look.module.css";
import { Page } from "#console/ui/page.tsx";
import { useProblemText } from "#console/ui/problem.tsx";
import { EmptyState } from "#console/ui/states.tsx";
import { useWords } from "#console/words/language.tsx";
import { checkQuery, draftQuery, useEditor } from "./data.ts";
import { EditView } from "./edit-view.tsx";
import type { Draft, Editing } from "./editing.ts";
import { isVersion } from "./files.ts";
import { TONES } from "./overview.tsx";
import { Review } from "./review.tsx";
import { DraftSteps } from "./steps.tsx";
import { VersionPage } from "./version.tsx";
import { playbookWords } from "./words.ts";

const route = getRouteApi("/playbook/$draftId");

/** What lies at an address of the playbook: a draft, or a version as it was kept. */
export const DraftPage = () => {
  const { draftId } = route.useParams();
  const { file } = route.useSearch();
  return isVersion(draftId) ? (
    <VersionPage version={draftId} chosen={file} />
  ) : (
    <OneDraft draftId={draftId} />
  );
};

/** One draft: its files, what is wrong with them, and the way until it is live. */
const OneDraft = ({ draftId }: { readonly draftId: string }) => {
  const { words } = useWords(playbookWords);
  const draft = useQuery(draftQuery(draftId));
  const { error } = draft;
  if (error instanceof RapportProblem && error.status === 404)
    return (
      <Page title={words.title}>
        <EmptyState title={words.gone}>
          <Link to="/playbook">{words.back}</Link>
        </EmptyState>
      </Page>
    );
  if (draft.data === undefined)
    return (
      <Page title={words.title}>
        <Asked query={draft}>{() => null}</Asked>
      </Page>
    );
  return <KnownDraft key={draftId} draft={draft.data} />;
};

const KnownDraft = ({ draft }: { readonly draft: Draft }) => {
  const { words } = useWords(playbookWords);
  const { draftId } = draft;
  const { view, file } = route.useSearch();
  const navigate = route.useNavigate();
  const shownName = useShownName();
  const { editor, editing } = useEditor(draftId, (path, by) =>
    words.mergedBoth(path, shownName(by ?? words.somebody)),
  );
  const check = useQuery(checkQuery(draftId, `${draft.updated.at} ${draft.base}`));
  const findings = [...(check.data?.errors ?? []), ...(check.data?.warnings ?? [])];
  const may = useMay("saveDraftFiles");
  const readOnly = !may || draft.state === "published";
  const shown = view === "review" ? "review" : "edit";
  const show = (next: "edit" | "review"): void =>
    void navigate({
      search: ({ file }) => ({
        ...(file === undefined ? {} : { file }),
        ...(next === "edit" ? {} : { view: next }),
      }),
    });
  useKeys({ "g e": () => show("edit"), "g r": () => show("review"), "mod+s": () => void editor.flush() });
  return (
    <Page
      title={draft.name}
      aside={
        <>
          <Badge tone={TONES[draft.state]}>{words.states[draft.state]}</Badge>
          <SavingState editing={editing} />
          <Choice
            label={words.title}
            value={shown}
            onChange={show}
            options={[
              { name: "edit", title: words.edit },
              { name: "review", title: words.review },
            ]}
          />
          <DraftSteps draft={draft} editor={editor} errors={check.data?.errors.length ?? 0} />
        </>
      }
    >
      {!may && draft.state !== "published" && <p className={look.small}>{words.mayNot}</p>}
      {shown === "review" ? (
        <Review draft={draft} files={editing.files} editor={editor} findings={findings} />
      ) : (
        <EditView
          draftId={draftId}
          chosen={file}
          editor={editor}
          editing={editing}
          findings={check.data === undefined ? null : findings}
          readOnly={readOnly}
        />
      )}
    </Page>
  );
};

/** Whether what was typed is on the hub. It is read out only where it is not. */
const SavingState = ({ editing }: { readonly editing: Editing }) => {
  const { words } = useWords(playbookWords);
  const textOf = useProblemText();
  const { saving, refusal } = editing;
  const isTrouble = saving === "lost" || saving === "refused";
  return (
    <span
      className={isTrouble ? look.wrong : look.small}
      role={isTrouble ? "alert" : undefined}
      data-saving={saving}
    >
      {words.saving[saving]}
      {saving === "refused" && `: ${textOf(refusal)}`}
    </span>
  );
};
