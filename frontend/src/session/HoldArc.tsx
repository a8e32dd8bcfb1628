/** The arch that fills with the seconds that count. It follows credited time and never runs ahead of it. */

import { useLayoutEffect, useRef } from "preact/hooks";

export interface HoldArcProps {
  share: number;
  mood: "counting" | "waiting" | "still";
  tall: boolean;
  /** Filled is what a camera measures, hollow what goes by the clock. */
  measured: boolean;
}

const WIDE = "M100 634A540 540 0 0 1 1180 634";
const TALL = "M22 582V262A173 173 0 0 1 368 262V582";
const WIDE_HALF = { cx: 640, cy: 94, r: 4.5 };
const TALL_HALF = { cx: 195, cy: 89, r: 3 };

export function HoldArc({ share, mood, tall, measured }: HoldArcProps) {
  const track = useRef<SVGPathElement>(null);
  const knob = useRef<SVGGElement>(null);
  const shown = Math.min(Math.max(share, 0), 1);
  useLayoutEffect(() => {
    const path = track.current;
    if (!path || !knob.current) return;
    const at = path.getPointAtLength(path.getTotalLength() * shown);
    knob.current.setAttribute("transform", `translate(${at.x} ${at.y})`);
  }, [shown, tall]);
  const d = tall ? TALL : WIDE;
  const width = tall ? 14 : 24;
  return (
    <svg
      class={`holdarc holdarc-${mood} ${measured ? "holdarc-measured" : ""}`}
      viewBox={tall ? "0 0 390 844" : "0 0 1280 800"}
      aria-hidden="true"
    >
      <defs>
        <linearGradient id="holdarc-sun" x1="0" y1="1" x2="0" y2="0">
          <stop offset="0" class="holdarc-sun-low" />
          <stop offset="1" class="holdarc-sun-high" />
        </linearGradient>
        <radialGradient id="holdarc-glow">
          <stop offset="0" class="holdarc-glow-in" />
          <stop offset="1" class="holdarc-glow-out" />
        </radialGradient>
      </defs>
      <path ref={track} class="holdarc-track" d={d} stroke-width={width} />
      {shown > 0 && (
        <>
          <path class="holdarc-edge" d={d} stroke-width={width + 4} pathLength={1} stroke-dasharray={`${shown} 2`} />
          <path class="holdarc-fill" d={d} stroke-width={width} pathLength={1} stroke-dasharray={`${shown} 2`} />
        </>
      )}
      <circle class="holdarc-half" {...(tall ? TALL_HALF : WIDE_HALF)} />
      <g ref={knob} class="holdarc-knob">
        <circle class="holdarc-glow" r={tall ? 46 : 76} />
        <circle class="holdarc-rim" r={tall ? 18.5 : 32} />
        <circle class="holdarc-ring" r={tall ? 14 : 25} stroke-width={tall ? 7 : 11} />
        {mood === "waiting" && (
          <path
            class="holdarc-bars"
            d={tall ? "M-3.5 -5V5M3.5 -5V5" : "M-6.5 -9V9M6.5 -9V9"}
            stroke-width={tall ? 3 : 5}
          />
        )}
      </g>
    </svg>
  );
}
