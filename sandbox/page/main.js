// Starts the page.

import { Page } from "./page.js";

await new Page(document.getElementById("page")).start();
