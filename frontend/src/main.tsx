import { render } from "preact";
import { keepSending } from "./api/facts";
import { App } from "./app";
import { startRouter } from "./ui/router";
import { applySettings } from "./ui/settings";
import "./styles/index.css";

applySettings();
startRouter();
keepSending();
const root = document.getElementById("app");
if (root) render(<App />, root);
