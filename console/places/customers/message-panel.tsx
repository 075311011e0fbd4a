import { useQuery } from "@tanstack/react-query";
import type { MessageAnswer } from "#client/api.generated.ts";
import { Asked } from "#console/ui/asked.tsx";
import { Badge } from "#console/ui/badge.tsx";
import { Id } from "#console/ui/id.tsx";
import look from "#console/ui/look.module.css";
import { Facts, Section } from "#console/ui/panel.tsx";
import { toneOf } from "#console/ui/tones.ts";
import { wordFor } from "#console/words/catalogue.ts";
import { everywhere } from "#console/words/everywhere.ts";
import { useWords } from "#console/words/language.tsx";
import { statuses } from "#console/words/reasons.ts";
import { decisionQuery, messageQuery } from "./data.ts";
import { Reasons } from "./reasons.tsx";
import styles from "./why.module.css";
import { PanelHead } from "./why.tsx";
import { customerWords } from "./words.ts";

/** While a message is on its way, it is looked at again. */
const ON_ITS_WAY = new Set(["requested", "sending", "uncertain"]);
const AGAIN_MS = 2_000;

/** What became of a message, and why it was sent. */
export const MessagePanel = ({
  messageId,
  onClose,
}: {
  readonly messageId: string;
  readonly onClose: () => void;
}) => {
  const { words } = useWords(customerWords);
  const message = useQuery({
    ...messageQuery(messageId),
    refetchInterval: ({ state }) => (ON_ITS_WAY.has(state.data?.status ?? "") ? AGAIN_MS : false),
  });
  return (
    <div className={styles.why}>
      <PanelHead title={words.whyTitle} onClose={onClose} />
      <Asked query={message}>{(data) => <Message message={data} />}</Asked>
    </div>
  );
};

const Message = ({ message }: { readonly message: MessageAnswer }) => {
  const { words, formats } = useWords(customerWords);
  const { words: named } = useWords(statuses);
  const { words: usual } = useWords(everywhere);
  return (
    <>
      <Section title={words.status}>
        <ol className={styles.reasons}>
          {message.history.map((step, place) => (
            <li key={`${step.at} ${step.status}`} className={styles.one}>
              <header>
                <Badge tone={place === message.history.length - 1 ? toneOf(step.status) : "even"}>
                  {wordFor(named, step.status)}
                </Badge>
                <span className={look.small}>{formats.moment(step.at)}</span>
              </header>
              {step.reason !== undefined && <p lang="en">{step.reason}</p>}
              {step.advice !== undefined && <p lang="en">{step.advice}</p>}
            </li>
          ))}
        </ol>
      </Section>
      <Facts
        facts={[
          [words.channel, message.channel],
          [words.category, message.category],
          [
            words.messageId,
            <Id key="id" value={message.messageId} label={words.messageId} copied={usual.copied} />,
          ],
        ]}
      />
      {message.decisionId !== undefined && <Behind decisionId={message.decisionId} />}
    </>
  );
};

/** The decision that made the message. */
const Behind = ({ decisionId }: { readonly decisionId: string }) => (
  <Asked query={useQuery(decisionQuery(decisionId))}>{(decision) => <Reasons decision={decision} />}</Asked>
);
