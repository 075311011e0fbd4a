import { withoutAbsent } from "#kernel/json.ts";
import type { PlaybookDocument } from "../model/document.ts";
import type { Replies } from "../model/replies.ts";
import type { RepliesFile } from "../schema/replies-file.ts";

const buildRule = ({
  description: _,
  keywords = {},
  phrases = {},
  handOver,
  ...rule
}: RepliesFile["rules"][number]): Replies["rules"][number] => ({
  ...withoutAbsent(rule),
  keywords,
  phrases,
  ...(handOver === undefined ? {} : { handOver: withoutAbsent(handOver) }),
});

/** What the hub replies by itself, of its file. Nothing where there is none: people answer everything. */
export const buildReplies = (file: RepliesFile | undefined): Pick<PlaybookDocument, "replies"> => {
  if (file === undefined) return {};
  const { rules, handOver = {}, knowledge } = file;
  const { facts = [], ...said } = handOver;
  return {
    replies: {
      rules: rules.map(buildRule),
      ...(knowledge === "answer" ? { byKnowledge: true } : {}),
      handOver: { ...withoutAbsent(said), facts },
    },
  };
};
