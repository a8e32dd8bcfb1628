/** The moving figure of an exercise. Decorative beside its words, so hidden from screen readers. */

import { useEffect, useRef } from "preact/hooks";
import { lessMotion } from "../ui/settings";
import { frameOf, isLoop, poseAt, propPoints, type RungAsset, type StillAsset } from "./asset";
import { LINE_RADIUS, type Point, type Shape, shapes } from "./draw";
import { type Shown, useRung } from "./useRung";
import "./figure.css";

export interface FigureProps extends Shown {
  /** still: the hold. loop: in, hold, back. into: in, once, and it stays there. start: the start. */
  mode?: "still" | "start" | "loop" | "into";
  /** Of into: called when it is there. */
  onHeld?: () => void;
  /** Draw the judged joints' line over the figure. */
  line?: boolean;
  /** With more air at its sides, for a large window. */
  wide?: boolean;
}

/** How often the loop is redrawn: enough to look smooth, and kind to a phone's battery. */
const REDRAW_MS = 33;

export function Figure(props: FigureProps) {
  const { mode = "still", line = false, wide = false } = props;
  const asset = useRung(props, mode === "still");
  const svg = useRef<SVGSVGElement>(null);
  const moving = (mode === "loop" || mode === "into") && !lessMotion.value;
  useEffect(() => {
    if (!asset || !isLoop(asset) || !moving) return;
    let handle = 0;
    let last_ms = -REDRAW_MS;
    let from_ms: number | null = mode === "into" ? null : 0;
    const draw = (now_ms: number): void => {
      from_ms ??= now_ms;
      const t_s = (now_ms - from_ms) / 1000;
      if (mode === "into" && t_s >= asset.hold_from_s) {
        props.onHeld?.();
        return;
      }
      if (now_ms - last_ms >= REDRAW_MS && svg.current) {
        last_ms = now_ms;
        redraw(svg.current, asset, poseAt(asset, t_s));
      }
      handle = requestAnimationFrame(draw);
    };
    handle = requestAnimationFrame(draw);
    const drawn = svg.current;
    return () => {
      cancelAnimationFrame(handle);
      // What was moved by hand is put back by hand: a render sees no difference.
      if (drawn) redraw(drawn, asset, asset.hold);
    };
  }, [asset, moving, mode]);
  const lacksStart = mode === "start" && asset !== null && !isLoop(asset);
  if (!asset || lacksStart) return <svg class="figure" aria-hidden="true" viewBox="0 0 1 1" />;
  const pose = mode === "start" && isLoop(asset) ? asset.start : asset.hold;
  const box = frameOf(asset, wide);
  return (
    <svg
      ref={svg}
      class={asset.window.bust ? "figure figure-bust" : "figure"}
      aria-hidden="true"
      viewBox={`${box.x} ${box.y} ${box.width} ${box.height}`}
      preserveAspectRatio="xMidYMax meet"
    >
      {asset.props.map((prop) => (
        <polyline key={prop.id} class={`figure-prop figure-${prop.id}`} points={propPoints(prop, pose)} />
      ))}
      {limbs(pose, asset).map((shape, index) => (
        <Limb key={index} shape={shape} unit={asset.unit} />
      ))}
      {line && <BodyLine points={pose} asset={asset} />}
    </svg>
  );
}

/** What is drawn of a pose: of a bust no legs. */
function limbs(pose: Point[], asset: StillAsset): Shape[] {
  const all = shapes(pose, asset.unit, asset.near);
  return asset.window.bust ? all.filter((shape) => !shape.role.endsWith("leg")) : all;
}

function Limb({ shape, unit }: { shape: Shape; unit: number }) {
  const near = shape.role.startsWith("near");
  return (
    <g class={`figure-${shape.role}`}>
      {near && <path class="figure-cut" d={shape.d} stroke-width={unit * 0.012} />}
      <path class="figure-fill" d={shape.d} />
    </g>
  );
}

/** How much wider the line is with its halo. */
const HALO = 2.1;

function BodyLine({ points, asset }: { points: Point[]; asset: StillAsset }) {
  const joints = asset.body_line.map((index) => points[index] as Point);
  const width = (2 * LINE_RADIUS * asset.unit) / HALO;
  const path = joints.map((p) => p.join(",")).join(" ");
  return (
    <g class="figure-line">
      <polyline class="figure-line-halo" points={path} stroke-width={width * HALO} />
      <polyline class="figure-line-core" points={path} stroke-width={width} />
      {joints.map(([x, y], index) => (
        <circle key={index} class="figure-dot" cx={x} cy={y} r={width * 1.15} stroke-width={width * 0.5} />
      ))}
    </g>
  );
}

/** Move what is drawn, without a render: thirty times a second is too often for that. */
function redraw(svg: SVGSVGElement, asset: RungAsset, pose: Point[]): void {
  const groups = svg.querySelectorAll(":scope > g:not(.figure-line)");
  for (const [index, shape] of limbs(pose, asset).entries()) {
    for (const path of groups[index]?.querySelectorAll("path") ?? []) path.setAttribute("d", shape.d);
  }
  for (const [index, line] of [...svg.querySelectorAll(".figure-prop")].entries()) {
    const prop = asset.props[index];
    if (prop && prop.along.length > 0) line.setAttribute("points", propPoints(prop, pose));
  }
  const joints = asset.body_line.map((joint) => pose[joint] as Point);
  for (const line of svg.querySelectorAll(".figure-line polyline")) {
    line.setAttribute("points", joints.map((p) => p.join(",")).join(" "));
  }
  for (const [index, dot] of [...svg.querySelectorAll(".figure-dot")].entries()) {
    dot.setAttribute("cx", String(joints[index]?.[0] ?? 0));
    dot.setAttribute("cy", String(joints[index]?.[1] ?? 0));
  }
}
