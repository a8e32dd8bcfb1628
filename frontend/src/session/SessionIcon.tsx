/** The session's own icons, drawn into the page. Words that are not shown go with them. */

import camera from "lucide-static/icons/camera.svg?raw";
import cameraOff from "lucide-static/icons/camera-off.svg?raw";
import check from "lucide-static/icons/check.svg?raw";
import hand from "lucide-static/icons/hand.svg?raw";
import pause from "lucide-static/icons/pause.svg?raw";
import play from "lucide-static/icons/play.svg?raw";
import skip from "lucide-static/icons/skip-forward.svg?raw";
import stop from "lucide-static/icons/square.svg?raw";

const DRAWINGS = { camera, "camera-off": cameraOff, check, hand, pause, play, skip, stop } as const;

const inside = (svg: string): string => svg.slice(svg.indexOf(">", svg.indexOf("<svg")) + 1, svg.lastIndexOf("</svg>"));

export function SessionIcon({ name }: { name: keyof typeof DRAWINGS }) {
  return (
    <svg
      class="session-icon"
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
