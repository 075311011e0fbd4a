import type { refusalsByReason, sumsByKey } from "#console/data/report-sums.ts";
import look from "#console/ui/look.module.css";
import { Table } from "#console/ui/table.tsx";
import { wordFor } from "#console/words/catalogue.ts";
import { everywhere } from "#console/words/everywhere.ts";
import { useWords } from "#console/words/language.tsx";
import { reasons } from "#console/words/reasons.ts";
import styles from "./today.module.css";
import { todayWords } from "./words.ts";

/** What left on each channel, and what came of it. */
export const ChannelTable = ({ rows }: { readonly rows: ReturnType<typeof sumsByKey> }) => {
  const { words, formats } = useWords(todayWords);
  const { words: usual } = useWords(everywhere);
  if (rows.length === 0) return <p className={look.quiet}>{words.noMessages}</p>;
  return (
    <Table
      caption={words.byChannel}
      rows={rows}
      rowKey={({ key }) => key}
      columns={[
        { name: "channel", head: usual.channel, cell: ({ key }) => (key === "" ? words.shown : key) },
        {
          name: "decided",
          head: usual.decided,
          figure: true,
          cell: ({ sums }) => formats.number(sums.decided),
        },
        { name: "sent", head: usual.sent, figure: true, cell: ({ sums }) => formats.number(sums.sent) },
        {
          name: "delivered",
          head: usual.delivered,
          figure: true,
          cell: ({ sums }) => formats.number(sums.delivered),
        },
        {
          name: "clicked",
          head: usual.clicked,
          figure: true,
          cell: ({ sums }) => formats.number(sums.clicked),
        },
      ]}
    />
  );
};

/** Why people were left alone, and where. */
export const RefusalTable = ({ rows }: { readonly rows: ReturnType<typeof refusalsByReason> }) => {
  const { words, formats } = useWords(todayWords);
  const { words: usual } = useWords(everywhere);
  const { words: named } = useWords(reasons);
  if (rows.length === 0) return <p className={look.quiet}>{words.noRefusals}</p>;
  return (
    <Table
      caption={words.byReason}
      rows={rows}
      rowKey={({ reason }) => reason}
      columns={[
        { name: "reason", head: usual.reason, cell: ({ reason }) => wordFor(named, reason) },
        {
          name: "places",
          head: usual.placement,
          cell: ({ places }) => (
            <span className={styles.places}>
              {formats.list(
                places.slice(0, 4).map(({ placement, count }) => `${placement} ${formats.number(count)}`),
              )}
            </span>
          ),
        },
        { name: "count", head: usual.count, figure: true, cell: ({ count }) => formats.number(count) },
      ]}
    />
  );
};
