import { render } from "preact";
import { keepSending } from "./api/facts";
import { whoAmI } from "./api/lan";
import { keepKnowing } from "./api/people";
import { App } from "./app";
import { keepReminding } from "./desk/reminders";
import { keepPage } from "./offline/install";
import { startRouter } from "./ui/router";
import { applySettings } from "./ui/settings";
import "./styles/index.css";

applySettings();
startRouter();
keepKnowing();
keepSending();
keepReminding();
if (location.protocol === "https:") whoAmI().then(keepPage, () => undefined);
// Some browsers fetch their voices only when they are asked for: asked now, they are there when a session begins.
if ("speechSynthesis" in window) speechSynthesis.getVoices();
const root = document.getElementById("app");
if (root) render(<App />, root);
