// The life of the page: starting, running, connection lost. Voila calls the three window.voila_* functions.
(() => {
  "use strict";

  const tr = (text) => DWMTJ_TEXTS[text] ?? text; // index.html.j2 has the texts

  const TRYING = tr("Connection to the simulator was lost. Trying again; your run is kept for half a minute.");
  const NO_WIDGETS = tr("The simulator did not send what belongs here. Reload the page.");
  const ENDED = tr("The simulator of this page has ended. Reload the page to start a new one.");
  const TOO_LARGE = tr(
    "The simulator of this page needed more memory than it may have, and has ended. Reload the page to start a new one.",
  );
  const TOO_LONG = tr("This is too large for the simulator: a file may have at most 5 MB.");
  const KERNEL_ENDED = 4001; // close codes of the server (connection.py)
  const KERNEL_WAS_TOO_LARGE = 4002;
  const LARGEST_MESSAGE = 7000000; // bytes; what is longer the server does not take (messages.py)
  const PATIENCE = 1000; // ms that a broken connection may take to come back by itself
  const KEPT = 60000; // ms after which the server has certainly ended the kernel of a page that is away
  const REFUSED = 10000; // ms for which it is said that something was too large
  const RETRY = 1000; // ms between questions for the server while the network is away

  const starting = () => document.getElementById("dwmtj-starting");
  let shown = false;

  function show() {
    shown = true;
    starting()?.remove();
    linkHome();
    linkLessons();
  }

  /** Lets links from lesson to lesson, which name notebooks, lead to their pages, or to none where there are none. */
  function linkLessons() {
    const home = document.body.dataset.home;
    for (const link of document.querySelectorAll('#rendered_cells a[href$=".ipynb"]')) {
      const name = link.getAttribute("href").replace(/\.ipynb$/, "");
      if (home) link.setAttribute("href", name);
      else link.removeAttribute("href");
    }
  }

  /** Puts the way back to the page with all labs before the lab's title, if there is such a page. */
  function linkHome() {
    const home = document.body.dataset.home;
    if (!home || document.querySelector(".dwmtj-home")) return;
    const place = () => {
      const title = document.querySelector(".dwmtj-title");
      if (!title) return false;
      const link = document.createElement("a");
      Object.assign(link, { className: "dwmtj-home", href: home, textContent: tr("All labs") });
      title.before(link);
      return true;
    };
    if (place()) return;
    new MutationObserver((_, observer) => place() && observer.disconnect()).observe(document.body, {
      childList: true,
      subtree: true,
    });
  }

  const OUTPUTS = 'script[type="application/vnd.voila.cell-output+json"]'; // until Voila has drawn them
  const VIEW = "application/vnd.jupyter.widget-view+json";
  const LOADING = "Loading widget...";
  const GIVEN_UP = "Error displaying widget: model not found";
  const awaited = new Map(); // the place of an output that is not drawn yet: the id of its widget's model, if any

  function noteOutputs() {
    for (const output of document.querySelectorAll(OUTPUTS)) {
      awaited.set(output.parentElement, JSON.parse(output.textContent).data?.[VIEW]?.model_id);
    }
  }

  /**
   * Draws the widgets that Jupyter has given up. It looks for a model for 2 s, and not once more at their end: of a
   * model that comes just then (the kernel of a full class is slow) it says that there is none.
   */
  function drawGivenUp() {
    for (const [place, id] of awaited) {
      const output = place.querySelector(".jp-OutputArea-output");
      if (!output || says(output, LOADING)) continue;
      if (says(output, GIVEN_UP)) draw(output, id);
      else awaited.delete(place);
    }
  }

  /** Whether an output is this text and nothing else; a lab is not read for it. */
  const says = (output, text) => !output.firstElementChild && output.textContent === text;

  async function draw(output, id) {
    const manager = window.jupyterapp.widgetManager;
    output.textContent = LOADING;
    try {
      const { luminoWidget } = await manager.create_view(await manager.get_model(id));
      output.textContent = "";
      luminoWidget.constructor.attach(luminoWidget, output);
    } catch (error) {
      console.error(error);
      output.textContent = NO_WIDGETS;
      output.classList.add("dwmtj-start-error");
    }
  }

  window.voila_process = () => {};

  window.voila_heartbeat = () => {
    const line = starting();
    if (line) line.textContent = tr("Starting the simulator... (the first start after an installation takes longer)");
  };

  // Called once when the cells are here and once when the theme is; the later call counts.
  window.voila_finish = () => {
    noteOutputs();
    if (!window.themeLoaded) {
      window.cellLoaded = true;
      if (!document.querySelector("#rendered_cells .dwmtj-start-error")) return;
    }
    const cells = document.getElementById("rendered_cells");
    cells.style.display = "";
    // The cells are empty until the widgets have come from the kernel: the line stays until one is drawn.
    const nothing = awaited.size === 0;
    const drawn = (output) => output.clientHeight > 0 && !says(output, LOADING);
    const ready = () =>
      nothing ||
      document.querySelector(".dwmtj-start-error") ||
      [...cells.querySelectorAll(".jp-OutputArea-output")].some(drawn);
    const look = () => {
      drawGivenUp();
      if (!shown && ready()) show();
      if (shown && awaited.size === 0) observer.disconnect();
    };
    const observer = new MutationObserver(look);
    observer.observe(cells, { childList: true, subtree: true });
    look();
  };

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

  let connected = 0;
  let asking = false;
  let ended = false;
  let endedBecause = ENDED;
  let leaving = false;
  let lostAt = 0;
  let timer = 0;
  addEventListener("pagehide", () => (leaving = true));
  addEventListener("pageshow", () => (leaving = false));

  const pause = (ms) => new Promise((done) => setTimeout(done, ms));

  function tell() {
    const notice = document.getElementById("dwmtj-lost");
    if (!notice) return; // a connection can fail before the page is there
    const lost = (ended || connected === 0) && !leaving;
    if (lost) lostAt ||= Date.now();
    const over = ended || Date.now() - lostAt > KEPT;
    const sentence = !lost ? "" : over ? endedBecause : TRYING;
    if (notice.textContent !== sentence) notice.textContent = sentence; // said aloud once
    notice.hidden = !lost;
    if (lost) show();
    if (ended) document.dispatchEvent(new Event("dwmtj-kernel-ended")); // disables what can be pressed (kernel_end.js)
  }

  /** Asks the server for the state of the kernel until there is an answer, and notes whether there still is a kernel. */
  const plainFetch = window.fetch;
  async function askForKernel(...request) {
    for (;;) {
      try {
        const answer = await plainFetch(...request);
        ended ||= answer.status === 404; // other failures are a server's, or a proxy's, that has too much to do
        if (ended) tell();
        if (answer.ok || ended) return answer;
      } catch (error) {
        if (leaving || !(error instanceof TypeError)) throw error;
      }
      tell();
      await pause(RETRY);
    }
  }

  // Between two attempts to connect JupyterLab asks for the kernel; without an answer it would rest for 10 to 30 s.
  window.fetch = (...request) => {
    const address = String(request[0]?.url ?? request[0]);
    const method = request[1]?.method ?? request[0]?.method ?? "GET";
    const ask = method === "GET" && /\/api\/kernels\/[^/?]+(\?|$)/.test(address);
    return (ask ? askForKernel : plainFetch)(...request);
  };

  /** Says that a message is too large to be sent. The server would break off the connection. */
  function refuse() {
    const notice = document.getElementById("dwmtj-lost");
    notice.textContent = TOO_LONG;
    notice.hidden = false;
    setTimeout(tell, REFUSED);
  }

  // JupyterLab reconnects silently and gives up silently; only the sockets themselves tell what is going on.
  window.WebSocket = class extends window.WebSocket {
    constructor(...args) {
      super(...args);
      const [kernel, channels] = String(args[0]).replace(/^ws/, "http").split("/channels");
      if (channels === undefined || !kernel.includes("/api/kernels/")) return;
      let open = false;
      this.addEventListener("open", () => {
        open = true;
        connected += 1;
        lostAt = 0;
        clearTimeout(timer);
        tell();
      });
      this.addEventListener("close", (event) => {
        if (open) connected -= 1;
        open = false;
        lostAt ||= Date.now();
        if (event.code === KERNEL_WAS_TOO_LARGE) endedBecause = TOO_LARGE;
        ended ||= event.code === KERNEL_ENDED || event.code === KERNEL_WAS_TOO_LARGE;
        clearTimeout(timer);
        timer = setTimeout(
          () => {
            if (connected > 0 || leaving) return;
            tell();
            if (ended || asking) return;
            asking = true;
            askForKernel(kernel).finally(() => (asking = false));
          },
          ended ? 0 : PATIENCE,
        );
      });
    }

    send(message) {
      if ((message.byteLength ?? message.length) > LARGEST_MESSAGE) refuse();
      else super.send(message);
    }
  };
})();
