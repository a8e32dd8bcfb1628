/** A page that has nothing to show yet. While the server is away, which may last, it says at least which page it is. */
import type { ComponentChildren } from "preact";
import { serverThere } from "../api/http";
import { Page } from "./Page";
import { Shell } from "./Shell";

export function Unfilled({ title, children }: { title: string; children: ComponentChildren }) {
  if (serverThere.value || title === "") return <Shell>{children}</Shell>;
  return <Page title={title}>{children}</Page>;
}
