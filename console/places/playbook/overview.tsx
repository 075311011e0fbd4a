import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import type { Calls } from "#client/api.generated.ts";
import { call } from "#console/data/api.ts";
import { useMay } from "#console/data/session.ts";
import { useShownName } from "#console/data/who.ts";
import { Asked } from "#console/ui/asked.tsx";
import { Badge, type Tone } from "#console/ui/badge.tsx";
import { Button } from "#console/ui/button.tsx";
import { Dialog, DialogActions } from "#console/ui/dialog.tsx";
import { TextField } from "#console/ui/field.tsx";
import { useKeys } from "#console/ui/keys.ts";
import look from "#console/ui/look.module.css";
import { Page } from "#console/ui/page.tsx";
import { Section } from "#console/ui/panel.tsx";
import { ProblemState } from "#console/ui/problem.tsx";
import { EmptyState } from "#console/ui/states.tsx";
import { Table } from "#console/ui/table.tsx";
import { everywhere } from "#console/words/everywhere.ts";
import { useWords } from "#console/words/language.tsx";
import { type DraftSummary, draftsQuery, versionsQuery } from "./data.ts";
import styles from "./draft.module.css";
import { MakeLive } from "./make-live.tsx";
import { playbookWords } from "./words.ts";

type Version = Calls["GET /v1/playbooks"]["answer"]["items"][number];

export const TONES: Readonly<Record<DraftSummary["state"], Tone>> = {
  open: "even",
  proposed: "wait",
  approved: "good",
  published: "even",
};

/** All drafts, and the versions that were live or may be. */
export const Playbook = () => {
  const { words } = useWords(playbookWords);
  const [beginning, setBeginning] = useState(false);
  const drafts = useQuery(draftsQuery());
  const versions = useQuery(versionsQuery());
  const may = useMay("beginDraft");
  useKeys({ n: () => setBeginning(may) });
  return (
    <Page
      title={words.title}
      aside={
        may && (
          <Button look="primary" onClick={() => setBeginning(true)}>
            {words.begin}
          </Button>
        )
      }
    >
      <Section title={words.drafts}>
        <p className={look.small}>{words.draftsHint}</p>
        <Asked query={drafts}>{({ items }) => <Drafts drafts={items} />}</Asked>
      </Section>
      <Section title={words.versions}>
        <Asked query={versions}>{({ items }) => <Versions versions={items} />}</Asked>
      </Section>
      <BeginDialog open={beginning} onClose={() => setBeginning(false)} />
    </Page>
  );
};

const Drafts = ({ drafts }: { readonly drafts: readonly DraftSummary[] }) => {
  const shownName = useShownName();
  const { words, formats } = useWords(playbookWords);
  if (drafts.length === 0)
    return (
      <EmptyState title={words.noDraftsTitle}>
        <p>{words.noDrafts}</p>
      </EmptyState>
    );
  return (
    <Table
      cards
      caption={words.draftList}
      rows={drafts}
      rowKey={({ draftId }) => draftId}
      columns={[
        {
          name: "name",
          head: words.draftName,
          cell: ({ draftId, name }) => (
            <Link to="/playbook/$draftId" params={{ draftId }} className={styles.name}>
              <bdi>{name}</bdi>
            </Link>
          ),
        },
        {
          name: "state",
          head: words.state,
          cell: ({ state }) => <Badge tone={TONES[state]}>{words.states[state]}</Badge>,
        },
        {
          name: "changed",
          head: words.files,
          cell: ({ changed }) =>
            changed === 0 ? words.nothingChanged : formats.count(changed, words.changedFiles),
        },
        {
          name: "updated",
          head: words.updated,
          cell: ({ updated }) => words.by(shownName(updated.by), formats.ago(updated.at, Date.now())),
        },
      ]}
    />
  );
};

const Versions = ({ versions }: { readonly versions: readonly Version[] }) => {
  const { words, formats } = useWords(playbookWords);
  const may = useMay("publishPlaybook");
  const [back, setBack] = useState<string | null>(null);
  return (
    <>
      <Table
        cards
        caption={words.versionList}
        rows={versions}
        rowKey={({ version }) => version}
        columns={[
          {
            name: "version",
            head: words.version,
            cell: ({ version }) => (
              <Link to="/playbook/$draftId" params={{ draftId: version }}>
                <code>{version}</code>
              </Link>
            ),
          },
          {
            name: "live",
            head: words.state,
            cell: ({ published }) => published && <Badge tone="good">{words.live}</Badge>,
          },
          { name: "since", head: words.since, cell: ({ createdAt }) => formats.ago(createdAt, Date.now()) },
          {
            name: "back",
            head: words.rollBack,
            cell: ({ version, published }) =>
              may &&
              !published && (
                <Button
                  look="plain"
                  aria-label={`${words.rollBack}: ${version}`}
                  onClick={() => setBack(version)}
                >
                  {words.rollBack}
                </Button>
              ),
          },
        ]}
      />
      <RollBackDialog version={back} onClose={() => setBack(null)} />
    </>
  );
};

const RollBackDialog = ({
  version,
  onClose,
}: {
  readonly version: string | null;
  readonly onClose: () => void;
}) => {
  const { words } = useWords(playbookWords);
  const wanted = version ?? "";
  return (
    <MakeLive
      title={words.rollBackTitle}
      button={words.rollBack}
      done={words.rolledBack}
      subject={wanted}
      keep={() => Promise.resolve(wanted)}
      publish={(confirm) =>
        call("POST /v1/playbooks/{version}/publish", { path: { version: wanted }, body: confirm })
      }
      open={version !== null}
      onClose={onClose}
    >
      <p>{words.rollBackHint(wanted)}</p>
    </MakeLive>
  );
};

const BeginDialog = ({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) => {
  const { words } = useWords(playbookWords);
  const { words: usual } = useWords(everywhere);
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [name, setName] = useState("");
  const begin = useMutation({
    mutationFn: () => call("POST /v1/drafts", { body: { name: name.trim() } }),
    onSuccess: ({ draftId }) => {
      void queries.invalidateQueries(draftsQuery());
      onClose();
      void navigate({ to: "/playbook/$draftId", params: { draftId } });
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (name.trim() !== "" && !begin.isPending) begin.mutate();
  };
  return (
    <Dialog title={words.begin} closeLabel={usual.close} open={open} onClose={onClose}>
      <form onSubmit={submit} className={styles.form}>
        <TextField
          label={words.draftName}
          hint={words.draftsHint}
          value={name}
          maxLength={200}
          onChange={(event) => setName(event.target.value)}
          autoFocus
        />
        {begin.isError && <ProblemState error={begin.error} />}
        <DialogActions>
          <Button onClick={onClose}>{usual.cancel}</Button>
          <Button type="submit" look="primary" disabled={begin.isPending || name.trim() === ""}>
            {words.beginButton}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
};
