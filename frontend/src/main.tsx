import { render } from "preact";
import { keepSending } from "./api/facts";
import { App } from "./app";
import { startRouter } from "./ui/router";
import { applySettings } from "./ui/settings";
import "./styles/index.css";

applySettings();
startRouter();
keepSending();
// Some browsers fetch their voices only when they are asked for: asked now, they are there when a session begins.
if ("speechSynthesis" in window) speechSynthesis.getVoices();
const root = document.getElementById("app");
if (root) render(<App />, root);
