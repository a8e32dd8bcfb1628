/** A page: its title in the tab and as the heading, which takes the focus when one comes here from another page. */
import type { ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { t } from "../words/words";
import { visits } from "./router";
import { Limits, Shell } from "./Shell";

export interface PageProps {
  title: string;
  /** Beside the title, e.g. the date or a key to a chart. */
  aside?: ComponentChildren;
  /** Before the title, e.g. the way back. */
  before?: ComponentChildren;
  className?: string;
  bare?: boolean;
  /** The page shows the sentence about limits itself, in a better place. */
  ownLimits?: boolean;
  /** Changes when the page shows something new under the same address, so that focus follows. */
  part?: string;
  children: ComponentChildren;
}

export function Page({ title, aside, before, className = "", bare, ownLimits, part, children }: PageProps) {
  const heading = useFocusOnArrival(title, part);
  return (
    <Shell bare={bare ?? false}>
      <div class={`page ${className}`}>
        <div class="page-head">
          {before}
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {aside ? <div class="page-aside">{aside}</div> : null}
        </div>
        {children}
      </div>
      {ownLimits ? null : <Limits />}
    </Shell>
  );
}

/** The ref of a heading that names the tab, and takes the focus after a navigation (not after the first load). */
export function useFocusOnArrival(title: string, part?: string) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = title === t("ui.name") ? title : t("ui.title", { page: title });
  }, [title]);
  // Before the page is painted: focus that moves later takes away what a quick Tab has already reached.
  useLayoutEffect(() => {
    if (visits.peek() === 0) return;
    scrollTo(0, 0);
    heading.current?.focus({ preventScroll: true });
  }, [part]);
  return heading;
}
