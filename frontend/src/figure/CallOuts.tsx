/**
 * The words round a figure, each with a thin line to its part of the body. They are a list, for whoever hears the page too;
 * where they have no room, on paper and in a narrow window with large letters, the list stands below the figure.
 */

import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { type Placed, place, type Rect, type Room, sceneOf, type Type, type Wanted } from "./callouts";
import { type Shown, useRung } from "./useRung";
import "./callouts.css";

export interface CallOutsProps extends Shown {
  /** What the list is called. */
  name: string;
  words: { text: string; at: number[] }[];
  /** The figure moves: its words come when it is held. */
  moves: boolean;
}

/** Where the page has drawn the window: in this element's parent, with the figure in it. */
interface Measured {
  room: Room;
  figure: Rect;
  type: Type;
}

/** So much stands free between a title and the words under it. */
const UNDER_TITLE = 6;
const LINES_BELOW = 2.6;
const LINE_HEIGHT = 1.25;

export function CallOuts({ name, words, moves, ...shown }: CallOutsProps) {
  const letter = useRef<HTMLSpanElement>(null);
  const asset = useRung(shown, true);
  const window = useWindow(letter);
  const placed = asset && window ? placedIn(window, asset, words) : null;
  const below = Math.max(0, ...(placed ?? []).map(({ box }) => box.bottom - (window?.room.ground ?? 0)));
  return (
    <div class={moves ? "callouts callouts-wait" : "callouts"} style={{ height: below > 0 ? `${below}px` : undefined }}>
      {placed && (
        <svg class="callouts-lines" aria-hidden="true">
          {placed.map(({ line: [[x1, y1], [x2, y2]] }, index) => (
            <line key={index} x1={x1} y1={y1} x2={x2} y2={y2} />
          ))}
        </svg>
      )}
      <span ref={letter} class="callouts-letter" aria-hidden="true" />
      <ul
        aria-label={name}
        class={placed ? "callouts-placed" : "callouts-list"}
        style={placed && window ? asMeasured(window) : undefined}
      >
        {words.map(({ text }, index) => (
          <li key={text} style={placed?.[index] && inPlace(placed[index])}>
            {placed?.[index]?.lines.map((line) => <span key={line}>{line} </span>) ?? text}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** In letters that grow, words stay as they were measured until they are placed anew, and never lie over each other. */
const asMeasured = ({ type }: Measured) => ({ fontSize: `${type.line / LINE_HEIGHT}px` });

const inPlace = ({ box }: Placed) => ({
  left: `${box.left}px`,
  top: `${box.top}px`,
  width: `${box.right - box.left}px`,
});

function placedIn(
  window: Measured,
  asset: Parameters<typeof sceneOf>[0],
  words: CallOutsProps["words"],
): Placed[] | null {
  const scene = sceneOf(asset, window.figure);
  const wanted: Wanted[] = words.map(({ text, at }) => ({ text, at: scene.at(at) }));
  return place(wanted, scene, window.room, window.type);
}

/** The window as it stands on the page, measured again when its size or that of a letter changes, or the fonts have come. */
function useWindow(letter: { current: HTMLElement | null }): Measured | null {
  const [window, setWindow] = useState<Measured | null>(null);
  useLayoutEffect(() => {
    const stage = letter.current?.closest(".stage");
    if (!stage || !letter.current) return;
    const measure = (): void => {
      if (letter.current) setWindow(measured(stage, letter.current));
    };
    const observer = new ResizeObserver(measure);
    observer.observe(letter.current); // letters may grow alone, in a window that keeps its size
    observer.observe(stage.querySelector(".window") ?? stage);
    const heading = document.querySelector(".page-head");
    if (heading) observer.observe(heading);
    void document.fonts.ready.then(measure);
    return () => observer.disconnect();
  }, []);
  return window;
}

function measured(stage: Element, letter: Element): Measured | null {
  const [window, figure] = [stage.querySelector(".window"), stage.querySelector(".window-figure")];
  if (!window || !figure) return null;
  const here = stage.getBoundingClientRect();
  const within = (element: Element): Rect => {
    const { left, top, right, bottom } = element.getBoundingClientRect();
    return { left: left - here.left, top: top - here.top, right: right - here.left, bottom: bottom - here.top };
  };
  const heading = document.querySelector(".page-head");
  const type = typeOf(getComputedStyle(letter));
  const room = {
    width: here.width,
    top: Math.max(0, heading ? within(heading).bottom + UNDER_TITLE : 0),
    ground: within(window).bottom,
    below: LINES_BELOW * type.line,
  };
  return { room, figure: within(figure), type };
}

function typeOf(style: CSSStyleDeclaration): Type {
  const pen = document.createElement("canvas").getContext("2d");
  const size = Number.parseFloat(style.fontSize);
  if (pen) pen.font = `${style.fontWeight} ${size}px ${style.fontFamily}`;
  return { line: size * LINE_HEIGHT, width: (text) => pen?.measureText(text).width ?? text.length * size };
}
