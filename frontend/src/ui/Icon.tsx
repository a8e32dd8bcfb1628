/** Lucide's icons, drawn into the page, so that they take its colours. They never stand alone: words go with them. */
import arrowRight from "lucide-static/icons/arrow-right.svg?raw";
import camera from "lucide-static/icons/camera.svg?raw";
import progress from "lucide-static/icons/chart-line.svg?raw";
import check from "lucide-static/icons/check.svg?raw";
import back from "lucide-static/icons/chevron-left.svg?raw";
import next from "lucide-static/icons/chevron-right.svg?raw";
import exercises from "lucide-static/icons/dumbbell.svg?raw";
import walk from "lucide-static/icons/footprints.svg?raw";
import how from "lucide-static/icons/heart-pulse.svg?raw";
import info from "lucide-static/icons/info.svg?raw";
import lock from "lucide-static/icons/lock.svg?raw";
import phone from "lucide-static/icons/phone.svg?raw";
import settings from "lucide-static/icons/settings.svg?raw";
import today from "lucide-static/icons/sun.svg?raw";
import volume from "lucide-static/icons/volume-2.svg?raw";
import gone from "lucide-static/icons/wifi-off.svg?raw";

const DRAWINGS = {
  "arrow-right": arrowRight,
  back,
  camera,
  check,
  exercises,
  gone,
  how,
  info,
  lock,
  next,
  phone,
  progress,
  settings,
  today,
  volume,
  walk,
} as const;

export type IconName = keyof typeof DRAWINGS;

/** What lies between <svg> and </svg>: the drawing itself. */
const inside = (svg: string): string => svg.slice(svg.indexOf(">", svg.indexOf("<svg")) + 1, svg.lastIndexOf("</svg>"));

export function Icon({ name, size = 24 }: { name: IconName; size?: number }) {
  return (
    <svg
      class="icon"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width="2"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
      dangerouslySetInnerHTML={{ __html: inside(DRAWINGS[name]) }}
    />
  );
}
