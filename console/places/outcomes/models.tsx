import { useQuery } from "@tanstack/react-query";
import type { Models as ModelsAnswer } from "#client/api.generated.ts";
import { asking } from "#console/data/api.ts";
import { Asked } from "#console/ui/asked.tsx";
import look from "#console/ui/look.module.css";
import { Section } from "#console/ui/panel.tsx";
import { EmptyState } from "#console/ui/states.tsx";
import { Table } from "#console/ui/table.tsx";
import { everywhere } from "#console/words/everywhere.ts";
import { useWords } from "#console/words/language.tsx";
import styles from "./outcomes.module.css";
import { outcomeWords } from "./words.ts";

type Arm = ModelsAnswer["items"][number];

/** What the hub has learnt, on how much evidence, and whether what it expects happens. */
export const Models = () => {
  const { words } = useWords(outcomeWords);
  const models = useQuery(asking("GET /v1/models"));
  return (
    <Asked query={models}>
      {({ items, visitors, model }) =>
        model === null ? (
          <EmptyState title={words.noModel}>
            <p>{words.noModelText}</p>
          </EmptyState>
        ) : (
          <div className={styles.view}>
            <Arms title={words.learnt} arms={items} />
            {visitors.items.length > 0 && <Arms title={words.visitors} arms={visitors.items} />}
          </div>
        )
      }
    </Asked>
  );
};

const Arms = ({ title, arms }: { readonly title: string; readonly arms: readonly Arm[] }) => {
  const { words, formats } = useWords(outcomeWords);
  const { words: usual } = useWords(everywhere);
  const calibrated = arms.filter(({ calibration }) => calibration.length > 1);
  return (
    <>
      <Section title={title}>
        <Table
          caption={title}
          rows={arms}
          rowKey={({ action, channel }) => `${action} ${channel}`}
          columns={[
            { name: "action", head: usual.action, cell: ({ action }) => action },
            { name: "channel", head: usual.channel, cell: ({ channel }) => channel },
            {
              name: "evidence",
              head: words.evidence,
              figure: true,
              cell: ({ evidence }) => formats.tenths(evidence),
            },
            {
              name: "positives",
              head: words.positives,
              figure: true,
              cell: ({ positives }) => formats.tenths(positives),
            },
            {
              name: "rate",
              head: words.share,
              figure: true,
              cell: ({ rate }) => formats.percentTenths(rate),
            },
            {
              name: "auc",
              head: words.separation,
              figure: true,
              cell: ({ auc }) => (auc === null ? "–" : formats.number(auc)),
            },
            {
              name: "predictors",
              head: words.predictors,
              cell: ({ predictors }) => (
                <div className={styles.predictors}>
                  {formats.list(predictors.slice(0, 3).map(({ name }) => name))}
                </div>
              ),
            },
          ]}
        />
        <p className={look.quiet}>
          {words.separation}: {words.separationHint}
        </p>
      </Section>
      {calibrated.length > 0 && (
        <Section title={words.calibration}>
          <div className={styles.plots}>
            {calibrated.map((arm) => (
              <Calibration key={`${arm.action} ${arm.channel}`} arm={arm} />
            ))}
          </div>
        </Section>
      )}
    </>
  );
};

const SIZE = 120;

/** What was expected against what happened: points on the diagonal are what they promise to be. */
const Calibration = ({ arm }: { readonly arm: Arm }) => {
  const { words, formats } = useWords(outcomeWords);
  const most = Math.max(1e-9, ...arm.calibration.flatMap(({ expected, observed }) => [expected, observed]));
  const total = Math.max(1, ...arm.calibration.map(({ evidence }) => evidence));
  const told = arm.calibration
    .map(
      ({ expected, observed }) =>
        `${words.expected} ${formats.percent(expected)}, ${words.observed} ${formats.percent(observed)}`,
    )
    .join("; ");
  return (
    <figure className={styles.plot}>
      <svg viewBox={`0 0 ${SIZE} ${SIZE}`} role="img" aria-label={told}>
        <rect width={SIZE} height={SIZE} fill="none" stroke="var(--line)" />
        <line x1="0" y1={SIZE} x2={SIZE} y2="0" stroke="var(--line-strong)" strokeDasharray="3 3" />
        {arm.calibration.map(({ expected, observed, evidence }) => (
          <circle
            key={`${expected} ${observed}`}
            cx={(expected / most) * (SIZE - 8) + 4}
            cy={SIZE - 4 - (observed / most) * (SIZE - 8)}
            r={2 + 4 * Math.sqrt(evidence / total)}
            fill="currentColor"
            fillOpacity="0.7"
          />
        ))}
      </svg>
      <figcaption>{words.calibrationOf(arm.action, arm.channel)}</figcaption>
    </figure>
  );
};
