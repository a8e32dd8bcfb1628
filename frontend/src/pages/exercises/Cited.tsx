/** Where a number comes from: a publication as it is cited, with what it says, or what is ours in the page's language. */
import type { ExerciseSource } from "../../api/types";
import { has, t } from "../../words/words";

export function Cited({ source }: { source: ExerciseSource }) {
  const says = has(`source.${source.id}`) ? t(`source.${source.id}`) : "";
  if (!source.title) return <>{says}</>;
  return (
    <>
      <cite lang="en">{source.url ? <a href={source.url}>{source.title}</a> : source.title}</cite>
      {says ? `: ${says}` : null}
    </>
  );
}
