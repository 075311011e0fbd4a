import { useQuery } from "@tanstack/react-query";
import type { Experiments as ExperimentsAnswer } from "#client/api.generated.ts";
import { asking } from "#console/data/api.ts";
import { Asked } from "#console/ui/asked.tsx";
import { Section } from "#console/ui/panel.tsx";
import { EmptyState } from "#console/ui/states.tsx";
import { Table } from "#console/ui/table.tsx";
import { useWords } from "#console/words/language.tsx";
import { IntervalBar } from "./intervals.tsx";
import styles from "./outcomes.module.css";
import { outcomeWords } from "./words.ts";

type Experiment = ExperimentsAnswer["items"][number];
type Variant = Experiment["variants"][number];

/** How the variants of each experiment do, in a sentence and with their intervals. */
export const Experiments = () => {
  const { words } = useWords(outcomeWords);
  const experiments = useQuery(asking("GET /v1/experiments"));
  return (
    <Asked query={experiments}>
      {({ items }) =>
        items.length === 0 ? (
          <EmptyState title={words.noExperiments}>
            <p>{words.noExperimentsText}</p>
          </EmptyState>
        ) : (
          <div className={styles.view}>
            {items.map((experiment) => (
              <OneExperiment key={experiment.experiment} experiment={experiment} />
            ))}
          </div>
        )
      }
    </Asked>
  );
};

const OneExperiment = ({ experiment }: { readonly experiment: Experiment }) => {
  const { words, formats } = useWords(outcomeWords);
  const { variants, control, sampleRatio } = experiment;
  const most = Math.max(
    1e-9,
    ...variants.flatMap(({ uplift }) =>
      uplift?.anytime == null ? [] : [Math.abs(uplift.anytime.low), Math.abs(uplift.anytime.high)],
    ),
  );
  return (
    <Section title={experiment.experiment}>
      {sampleRatio.mismatch ? (
        <p className={styles.sentence}>{words.mismatch(formats.number(sampleRatio.pValue))}</p>
      ) : (
        variants
          .filter(({ variant }) => variant !== control)
          .map((variant) => <Sentence key={variant.variant} variant={variant} control={control} />)
      )}
      <Table
        cards
        caption={experiment.experiment}
        rows={variants}
        rowKey={({ variant }) => variant}
        columns={[
          {
            name: "variant",
            head: words.variant,
            cell: ({ variant }) => (variant === control ? `${variant} (${words.control})` : variant),
          },
          {
            name: "customers",
            head: words.customers,
            figure: true,
            cell: ({ customers }) => formats.number(customers),
          },
          { name: "mean", head: words.mean, figure: true, cell: ({ mean }) => formats.number(mean) },
          {
            name: "difference",
            head: words.difference,
            figure: true,
            cell: ({ uplift }) => (uplift?.anytime == null ? "–" : formats.difference(uplift.difference)),
          },
          {
            name: "interval",
            head: words.interval,
            cell: ({ uplift }) =>
              uplift?.anytime == null ? null : (
                <IntervalBar difference={uplift.difference} interval={uplift.anytime} most={most} />
              ),
          },
        ]}
      />
    </Section>
  );
};

/** What can be said of a variant, and no more: by the interval that holds on whatever day one looks. */
const Sentence = ({ variant, control }: { readonly variant: Variant; readonly control: string }) => {
  const { words, formats } = useWords(outcomeWords);
  const { uplift, variant: name } = variant;
  if (uplift?.anytime == null) return <p className={styles.sentence}>{words.tooFew(name)}</p>;
  const [low, high] = [formats.difference(uplift.anytime.low), formats.difference(uplift.anytime.high)];
  const comparison = { variant: name, difference: formats.difference(uplift.difference), control, low, high };
  if (uplift.anytime.low > 0) return <p className={styles.sentence}>{words.better(comparison)}</p>;
  if (uplift.anytime.high < 0) return <p className={styles.sentence}>{words.worse(comparison)}</p>;
  return <p className={styles.sentence}>{words.undecided(name, low, high)}</p>;
};
