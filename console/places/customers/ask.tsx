import { useInfiniteQuery, useMutation, useQuery } from "@tanstack/react-query";
import { type FormEvent, useMemo, useState } from "react";
import type { DecisionAnswer, Profile } from "#client/api.generated.ts";
import { call } from "#console/data/api.ts";
import { playbookQuery } from "#console/data/playbook.ts";
import { Asked } from "#console/ui/asked.tsx";
import { Button } from "#console/ui/button.tsx";
import { Select, TextArea } from "#console/ui/field.tsx";
import look from "#console/ui/look.module.css";
import { ProblemState } from "#console/ui/problem.tsx";
import { useWords } from "#console/words/language.tsx";
import { askableIn, placeToAsk } from "./askable.ts";
import { timelineQuery } from "./data.ts";
import { objectIn } from "./json-text.ts";
import { Reasons } from "./reasons.tsx";
import styles from "./why.module.css";
import { PanelHead } from "./why.tsx";
import { customerWords } from "./words.ts";

type Question = {
  readonly placement: string;
  readonly channel: string;
  readonly context: Readonly<Record<string, unknown>>;
  readonly data: Readonly<Record<string, unknown>>;
};

/** Asks what would be decided for the customer now. It is a dry run: nothing is sent, nothing recorded. */
const askHub = async (customer: string, question: Question): Promise<DecisionAnswer | undefined> => {
  const { placement, channel, context, data } = question;
  const answer = await call("POST /v1/decisions", {
    body: {
      customer,
      placement,
      ...(channel === "" ? {} : { channel }),
      ...(Object.keys(context).length === 0 ? {} : { context }),
      ...(Object.keys(data).length === 0 ? {} : { data }),
      dryRun: true,
      explain: true,
    },
  });
  return "decisions" in answer ? answer.decisions[0] : answer;
};

/** Why not, and what if: the decision at any place, as it would be made now. */
export const AskPanel = ({
  profile,
  onClose,
}: {
  readonly profile: Profile;
  readonly onClose: () => void;
}) => {
  const { words } = useWords(customerWords);
  const playbook = useQuery(playbookQuery());
  return (
    <div className={styles.why}>
      <PanelHead title={words.askTitle} onClose={onClose} />
      <Asked query={playbook}>{(live) => <AskForm profile={profile} playbook={live} />}</Asked>
    </div>
  );
};

const AskForm = ({
  profile,
  playbook,
}: {
  readonly profile: Profile;
  readonly playbook: Parameters<typeof askableIn>[0];
}) => {
  const { words } = useWords(customerWords);
  const timeline = useInfiniteQuery(timelineQuery(profile.customerId));
  const askable = useMemo(() => askableIn(playbook), [playbook]);
  const [chosen, setPlacement] = useState<string | null>(null);
  const placement = chosen ?? placeToAsk(askable, timeline.data?.pages[0]?.items ?? []);
  const [channel, setChannel] = useState("");
  const [context, setContext] = useState("");
  const [data, setData] = useState("");
  const answer = useMutation({
    mutationFn: (question: Question) => askHub(profile.customerId, question),
  });
  const asked = { context: objectIn(context), data: objectIn(data) };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (asked.context === null || asked.data === null) return;
    answer.mutate({ placement, channel, context: asked.context, data: asked.data });
  };
  const wrong = (value: unknown): string | undefined => (value === null ? words.notJson : undefined);
  return (
    <>
      <form className={styles.form} onSubmit={submit}>
        <p className={look.small}>{words.askHint}</p>
        <Select
          label={words.askPlacement}
          value={placement}
          onChange={(event) => setPlacement(event.target.value)}
        >
          {(["asked", "triggers", "journeys"] as const).map(
            (kind) =>
              askable[kind].length > 0 && (
                <optgroup key={kind} label={words.askable[kind]}>
                  {askable[kind].map((name) => (
                    <option key={name}>{name}</option>
                  ))}
                </optgroup>
              ),
          )}
        </Select>
        <Select label={words.askChannel} value={channel} onChange={(event) => setChannel(event.target.value)}>
          <option value="">{words.anyChannel}</option>
          {[...new Set(profile.addresses.map((one) => one.channel))].map((name) => (
            <option key={name}>{name}</option>
          ))}
        </Select>
        <details className={styles.more}>
          <summary>{words.askMore}</summary>
          <div className={styles.form}>
            <TextArea
              code
              rows={2}
              label={words.askContext}
              hint={words.askContextHint}
              wrong={wrong(asked.context)}
              value={context}
              onChange={(event) => setContext(event.target.value)}
            />
            <TextArea
              code
              rows={2}
              label={words.askEvent}
              wrong={wrong(asked.data)}
              value={data}
              onChange={(event) => setData(event.target.value)}
            />
          </div>
        </details>
        <Button type="submit" look="primary" disabled={answer.isPending}>
          {words.askButton}
        </Button>
      </form>
      {answer.isError && <ProblemState error={answer.error} />}
      <div aria-live="polite" className={styles.why}>
        {answer.data !== undefined && <Reasons decision={answer.data} />}
      </div>
    </>
  );
};
