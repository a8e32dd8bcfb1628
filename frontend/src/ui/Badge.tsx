/** A person at a glance: the first letter of the name on a colour of their own. The name itself stands beside it. */
import type { Person } from "../api/people";

export function Badge({ person, large = false }: { person: Person; large?: boolean }) {
  const [letter = "?"] = person.name;
  return (
    <span class={large ? "badge badge-large" : "badge"} data-mark={person.mark % 6} aria-hidden="true">
      {letter.toLocaleUpperCase()}
    </span>
  );
}
