// The life of a page of our server: starting, running, connection lost. Voila calls the three window.voila_* functions.

import { watchConnection } from "./connection.js";
import { finish, heartbeat } from "./start.js";

window.voila_process = () => {};
window.voila_heartbeat = heartbeat;
window.voila_finish = finish;

// Asks before work is lost. Voila ends the kernel as soon as the browser asks, whatever the answer is, so it must not
// hear of that; of a page that goes after all the server learns by its websocket.
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
