// The life of a page of our server: starting, running, connection lost. Voila calls the three window.voila_* functions.

import { watchConnection } from "./connection.js";
import { finish, heartbeat } from "./start.js";

window.voila_process = () => {};
window.voila_heartbeat = heartbeat;
window.voila_finish = finish;

// Asks before work is lost. Voila would end the kernel as soon as the browser asks, whatever the answer, so it must not
// get that event; the server notices a page that is left by its websocket.
addEventListener(
  "beforeunload",
  (event) => {
    if (!document.querySelector('.dwmtj-clock[data-unfinished="true"]')) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  },
  { capture: true },
);

watchConnection();
