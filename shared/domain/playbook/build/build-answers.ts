import type { PlaybookDocument } from "../model/document.ts";
import type { PlaybookSources } from "../read/sources.ts";

/** `answers/parcel.yaml` -> `parcel`. */
const nameOf = (path: string): string => path.slice("answers/".length, -".yaml".length);

/** Nothing where there are none: documents of before say nothing of them. */
export const buildAnswers = ({
  answers,
}: Pick<PlaybookSources, "answers">): Pick<PlaybookDocument, "answers"> =>
  answers.length === 0
    ? {}
    : {
        answers: answers.map(({ file, value: { title, topics = [], words } }) => ({
          name: nameOf(file.path),
          title,
          topics,
          words: Object.fromEntries(Object.entries(words).map(([locale, said]) => [locale, said.trim()])),
          file: file.path,
        })),
      };
