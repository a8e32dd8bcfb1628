/** The room from above: the person on the mat, the camera to the side, and how far apart they are. */
import type { ExerciseInfo } from "../../api/types";
import { t } from "../../words/words";

export function CameraPlan({ camera, standing }: { camera: ExerciseInfo["camera"]; standing: boolean }) {
  const [low, high] = camera.distance_m;
  return (
    <svg class="cameraplan" viewBox="0 0 270 150" aria-hidden="true">
      <defs>
        <linearGradient id="cameraplan-view" x1="0" y1="1" x2="0" y2="0">
          <stop class="cameraplan-near" offset="0" />
          <stop class="cameraplan-far" offset="1" />
        </linearGradient>
      </defs>
      <path class="cameraplan-cone" d="M132 124 L2 4 H264 Z" fill="url(#cameraplan-view)" />
      {standing ? <Standing /> : <Lying />}
      <g class="cameraplan-camera">
        <rect x="119" y="119" width="26" height="19" rx="4" />
        <rect x="126" y="115" width="12" height="6" rx="2" />
        <circle cx="132" cy="128" r="5.5" />
      </g>
      <path class="cameraplan-measure" d="M151 79 H161 M156 79 V128 M151 128 H161" />
      <text class="cameraplan-words" x="166" y="109">
        {t("ui.exercise.camera.distance", { low, high })}
      </text>
    </svg>
  );
}

function Lying() {
  return (
    <g>
      <rect class="cameraplan-mat" x="32" y="14" width="200" height="58" rx="7" />
      <path class="cameraplan-legs" d="M52 36 H130 M52 50 H130" />
      <path class="cameraplan-body" d="M136 43 H176" />
      <path class="cameraplan-arms" d="M178 33 L198 25 M178 53 L198 61" />
      <circle class="cameraplan-head" cx="202" cy="43" r="10.5" />
    </g>
  );
}

function Standing() {
  return (
    <g>
      <rect class="cameraplan-mat" x="92" y="14" width="80" height="58" rx="7" />
      <ellipse class="cameraplan-head" cx="132" cy="43" rx="13" ry="23" />
      <circle class="cameraplan-legs-dot" cx="132" cy="43" r="10.5" />
    </g>
  );
}
