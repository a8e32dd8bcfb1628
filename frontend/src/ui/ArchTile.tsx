/** A small arch with an exercise's figure in it: a window on to the movement. Sunlit when the exercise is done. */

import type { Side } from "../api/types";
import { Figure } from "../figure/Figure";

export interface ArchTileProps {
  exercise: string;
  rung: string;
  side?: Side | null;
  size: "small" | "medium" | "large";
  done?: boolean;
  moving?: boolean;
  /** Draw the line of the judged joints. */
  line?: boolean;
}

export function ArchTile({ exercise, rung, side, size, done = false, moving = false, line = false }: ArchTileProps) {
  return (
    <span class={`tile tile-${size}${done ? " tile-done" : ""}`} aria-hidden="true">
      <span class="tile-inside">
        <Figure exercise={exercise} rung={rung} side={side ?? null} mode={moving ? "loop" : "still"} line={line} />
      </span>
    </span>
  );
}
