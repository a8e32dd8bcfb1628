import { useEffect, useState } from "preact/hooks";
import { forSide, loopOf, type StillAsset, stillHere, stillOf } from "./asset";

/** What is to be seen of an exercise. */
export interface Shown {
  exercise: string;
  /** The rung's id; without one the easiest that the asset holds first is not guessed: the goal's form is shown. */
  rung?: string | null;
  side?: "left" | "right" | null;
}

/** A rung as it can be drawn now: its hold as soon as that is here, and all of the movement where more is shown. */
export function useRung({ exercise, rung = null, side = null }: Shown, held: boolean): StillAsset | null {
  const turned = (found: StillAsset | null): StillAsset | null => found && forSide(found, side);
  const [asset, setAsset] = useState(() => turned(stillHere(exercise, rung)));
  useEffect(() => {
    let wanted = true;
    const show = (found: StillAsset | null): void => {
      if (wanted) setAsset(turned(found));
    };
    show(stillHere(exercise, rung));
    // Without its figure an exercise is still named and spoken; the page says elsewhere that the server is gone.
    (held ? stillOf(exercise, rung) : loopOf(exercise, rung)).then(show, () => undefined);
    return () => {
      wanted = false;
    };
  }, [exercise, rung, side, held]);
  return asset;
}
