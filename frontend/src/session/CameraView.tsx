/** The camera's picture inside the arch, veiled, with the judged line over it. The picture never leaves the page. */

import { effect } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { CENTRED, type Framing, framing } from "../camera/framing";
import { draw, type Overlay } from "../camera/overlay";
import { figureOf, forSide, type Mend, type RungAsset } from "../figure/asset";
import { t } from "../words/words";
import type { Conductor } from "./conductor";
import { lineMood, placing } from "./looks";
import type { HoldStep, Step } from "./script";

/** People look for their left on the left: the picture is shown as a mirror. */
const MIRROR = true;

export function CameraView({ conductor, veiled }: { conductor: Conductor; veiled: boolean }) {
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const asset = useRef<RungAsset | null>(null);
  const mends = useRef<Record<string, Mend>>({});
  const lies = useRef<Framing>({ whole: true, shows: CENTRED });
  // The picture is placed until the hold begins; in a hold it stands still, unless the window itself is turned.
  const framed = useRef<number | null>(null);
  const { stage, camera } = conductor;
  const step = stage.view.value.step;
  const shown = "rung" in step ? step : null;

  useEffect(() => {
    frame.current?.prepend(camera.video);
    camera.video.setAttribute("aria-label", t("session.video-label"));
    camera.video.className = "camera-video";
    // A video that is moved in the page stops in some browsers.
    void camera.video.play().catch(() => undefined);
    return () => camera.video.remove();
  }, [camera]);

  useEffect(() => {
    let wanted = true;
    asset.current = null;
    mends.current = {};
    framed.current = null;
    if (shown) {
      figureOf(shown.exercise)
        .then((figure) => {
          const rung = figure.rungs[shown.rung];
          if (!wanted || !rung) return;
          asset.current = forSide(rung, shown.side);
          mends.current = figure.mends;
        })
        .catch(() => undefined); // without the asset only the line is missing
    }
    return () => {
      wanted = false;
    };
  }, [shown?.exercise, shown?.rung, shown?.side]);

  useEffect(
    () =>
      effect(() => {
        const seen = stage.seen.value;
        const step = stage.view.peek().step;
        if (canvas.current) {
          const turned = canvas.current.clientWidth / canvas.current.clientHeight;
          const standsStill = framed.current !== null && Math.abs(framed.current - turned) < 0.01;
          const place = placing(step);
          if (place || (seen?.landmarks && !standsStill)) {
            lies.current = framing(seen?.landmarks ?? null, camera.aspect, turned, place);
            camera.video.style.objectFit = lies.current.whole ? "contain" : "cover";
            camera.video.style.objectPosition = `50% ${lies.current.shows * 100}%`;
            framed.current = step.kind === "hold" ? turned : null;
          }
        }
        const mend = mends.current[stage.view.peek().fault ?? ""] ?? null;
        const overlay = overlayOf(conductor, seen?.landmarks ?? null, asset.current, mend);
        if (canvas.current) draw(canvas.current, { ...overlay, framing: lies.current }, MIRROR);
      }),
    [conductor, stage, camera],
  );

  return (
    <div ref={frame} class={veiled ? "camera" : "camera camera-placing"}>
      <div class="camera-veil" />
      <canvas ref={canvas} class="camera-overlay" />
    </div>
  );
}

function overlayOf(
  conductor: Conductor,
  landmarks: Float32Array | null,
  asset: RungAsset | null,
  mend: Mend | null,
): Omit<Overlay, "framing"> {
  const view = conductor.stage.view.peek();
  return {
    landmarks,
    aspect: conductor.camera.aspect,
    bodyLine: judged(view.step) ? (asset?.body_line ?? []) : [],
    mood: lineMood(view),
    mend,
    ghost: mend && asset ? { points: asset.hold, unit: asset.unit, near: asset.near } : null,
  };
}

const judged = (step: Step): boolean => (step.kind === "hold" ? (step as HoldStep).judged : step.kind === "get-ready");
