import type { DecisionAnswer } from "#client/api.generated.ts";
import { Badge, type Tone } from "#console/ui/badge.tsx";
import { Id } from "#console/ui/id.tsx";
import look from "#console/ui/look.module.css";
import { Facts, Section } from "#console/ui/panel.tsx";
import { wordFor } from "#console/words/catalogue.ts";
import { everywhere } from "#console/words/everywhere.ts";
import { useWords } from "#console/words/language.tsx";
import { reasons } from "#console/words/reasons.ts";
import styles from "./why.module.css";
import { customerWords } from "./words.ts";

type Chosen = DecisionAnswer["actions"][number];
type Rejected = NonNullable<DecisionAnswer["rejected"]>[number];

/** What came closest stands first. */
const STAGES: readonly { readonly stage: Rejected["stage"]; readonly tone: Tone }[] = [
  { stage: "arbitration", tone: "even" },
  { stage: "channel", tone: "bad" },
  { stage: "policy", tone: "wait" },
  { stage: "eligibility", tone: "even" },
];

/** A decision with its reasons: what was chosen and why, and what became of everything else. */
export const Reasons = ({ decision }: { readonly decision: DecisionAnswer }) => {
  const { words } = useWords(customerWords);
  const rejected = decision.rejected ?? [];
  const most = Math.max(
    ...decision.actions.map(({ score }) => score),
    ...rejected.map(({ factors }) => factors?.score ?? 0),
  );
  return (
    <>
      {decision.dryRun && <p className={look.small}>{words.dryRun}</p>}
      {decision.explanation !== undefined && (
        <p className={styles.said} lang="en">
          {decision.explanation}
        </p>
      )}
      <Section title={words.chosen}>
        {decision.actions.length === 0 && <p className={look.quiet}>{words.noneChosen}</p>}
        {decision.actions.map((action) => (
          <ChosenAction key={`${action.rank} ${action.action}`} chosen={action} most={most} />
        ))}
      </Section>
      <Section title={words.notChosen}>
        {rejected.length === 0 && <p className={look.quiet}>{words.nothingElse}</p>}
        {STAGES.map(({ stage, tone }) => {
          const here = rejected.filter((one) => one.stage === stage);
          if (here.length === 0) return null;
          return (
            <div key={stage}>
              <h3>{wordFor(words.stages, stage)}</h3>
              {here.map((one) => (
                <RejectedAction
                  key={`${one.action} ${one.by ?? ""}`}
                  rejected={one}
                  tone={tone}
                  most={most}
                />
              ))}
            </div>
          );
        })}
      </Section>
      <Particulars decision={decision} />
    </>
  );
};

/** How much an action was worth beside the best. */
const Worth = ({ score, most }: { readonly score: number; readonly most: number }) => (
  <span className={styles.bar} aria-hidden="true">
    <span style={{ width: `${most <= 0 ? 0 : Math.max(0, (score / most) * 100)}%` }} />
  </span>
);

const ChosenAction = ({ chosen, most }: { readonly chosen: Chosen; readonly most: number }) => {
  const { words, formats } = useWords(customerWords);
  return (
    <div className={styles.one}>
      <header>
        <strong>{chosen.action}</strong>
        {chosen.channel !== undefined && <Badge>{chosen.channel}</Badge>}
        {chosen.treatment !== chosen.action && <span className={look.small}>{chosen.treatment}</span>}
      </header>
      <Worth score={chosen.score} most={most} />
      <p className={look.small}>
        {words.score} {formats.number(chosen.score)} ={" "}
        {words.factors(formats.percent(chosen.propensity), formats.number(chosen.value))}
        {chosen.probability < 1 && <>, {words.probability(formats.percent(chosen.probability))}</>}
        {chosen.sendAt !== undefined && <>, {words.notBefore(formats.moment(chosen.sendAt))}</>}
      </p>
      <ul className={styles.reasons} lang="en">
        {chosen.reasons.map((reason) => (
          <li key={reason}>{reason}</li>
        ))}
      </ul>
    </div>
  );
};

const RejectedAction = ({
  rejected,
  tone,
  most,
}: {
  readonly rejected: Rejected;
  readonly tone: Tone;
  readonly most: number;
}) => {
  const { words: named, formats } = useWords(reasons);
  const { words } = useWords(customerWords);
  return (
    <div className={styles.one}>
      <header>
        <strong>{rejected.action}</strong>
        <Badge tone={tone}>{wordFor(named, rejected.reason)}</Badge>
      </header>
      {rejected.factors !== undefined && (
        <>
          <Worth score={rejected.factors.score} most={most} />
          <p className={look.small}>
            {words.score} {formats.number(rejected.factors.score)}
          </p>
        </>
      )}
      <p lang="en">{rejected.detail}</p>
    </div>
  );
};

const Particulars = ({ decision }: { readonly decision: DecisionAnswer }) => {
  const { words, formats } = useWords(customerWords);
  const { words: usual } = useWords(everywhere);
  const id = (label: string, value: string | undefined) =>
    value === undefined || value === ""
      ? []
      : [[label, <Id key={label} value={value} label={label} copied={usual.copied} />] as const];
  const experiments = Object.entries(decision.experiments ?? {}).map(
    ([name, variant]) => `${name}: ${variant}`,
  );
  return (
    <>
      {(decision.checks ?? []).length > 0 && (
        <Section title={words.checks}>
          <ul className={styles.reasons} lang="en">
            {decision.checks?.map((check) => (
              <li key={check}>{check}</li>
            ))}
          </ul>
        </Section>
      )}
      <Section title={words.facts}>
        <Facts
          facts={[
            [words.at, formats.exactly(decision.at)],
            [words.placement, decision.placement],
            ...(decision.trigger === undefined ? [] : [[words.trigger, decision.trigger] as const]),
            ...(experiments.length === 0 ? [] : [[words.experiments, experiments.join(", ")] as const]),
            ...id(words.playbook, decision.playbook),
            ...id(words.decision, decision.dryRun ? undefined : decision.decisionId),
            ...id(words.event, decision.eventId),
            ...id(words.model, decision.model),
          ]}
        />
      </Section>
    </>
  );
};
