// The life of the page: starting, running, connection lost. Voila calls the three window.voila_* functions.
(() => {
  "use strict";

  const tr = (text) => DWMTJ_TEXTS[text] ?? text; // index.html.j2 has the texts

  const TRYING = tr("Connection to the simulator was lost. Trying again; your run is kept for half a minute.");
  const ENDED = tr("The simulator of this page has ended. Reload the page to start a new one.");
  const KERNEL_ENDED = 4001; // close code of the server (connection.py)
  const PATIENCE = 1000; // ms that a broken connection may take to come back by itself
  const KEPT = 60000; // ms after which the server has certainly ended the kernel of a page that is away
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

  window.voila_process = () => {};

  window.voila_heartbeat = () => {
    const line = starting();
    if (line) line.textContent = tr("Starting the simulator... (the first start after an installation takes longer)");
  };

  // Called once when the cells are here and once when the theme is; the later call counts.
  window.voila_finish = () => {
    if (!window.themeLoaded) {
      window.cellLoaded = true;
      if (!document.querySelector("#rendered_cells .dwmtj-start-error")) return;
    }
    const cells = document.getElementById("rendered_cells");
    cells.style.display = "";
    // The cells are empty until the widgets have come from the kernel: the line stays until one is drawn.
    const ready = () =>
      document.querySelector(".dwmtj-start-error") ||
      !document.querySelector('script[type="application/vnd.voila.cell-output+json"]') ||
      [...cells.querySelectorAll(".jupyter-widgets, .jp-OutputArea-output")].some((e) => e.clientHeight > 0);
    if (ready()) return show();
    new MutationObserver((_, observer) => {
      if (shown || !ready()) return;
      observer.disconnect();
      show();
    }).observe(cells, { childList: true, subtree: true });
  };

  let connected = 0;
  let asking = false;
  let ended = false;
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
    const sentence = !lost ? "" : ended || Date.now() - lostAt > KEPT ? ENDED : TRYING;
    if (notice.textContent !== sentence) notice.textContent = sentence; // said aloud once
    notice.hidden = !lost;
    if (lost) show();
  }

  /** Asks the server for the state of the kernel until there is an answer, and notes whether there still is a kernel. */
  const plainFetch = window.fetch;
  async function askForKernel(...request) {
    for (;;) {
      try {
        const answer = await plainFetch(...request);
        ended ||= !answer.ok;
        return answer;
      } catch (error) {
        if (leaving || !(error instanceof TypeError)) throw error;
        tell();
        await pause(RETRY);
      } finally {
        if (ended) tell();
      }
    }
  }

  // Between two attempts to connect JupyterLab asks for the kernel; without an answer it would rest for 10 to 30 s.
  window.fetch = (...request) => {
    const address = String(request[0]?.url ?? request[0]);
    const method = request[1]?.method ?? request[0]?.method ?? "GET";
    const ask = method === "GET" && /\/api\/kernels\/[^/?]+(\?|$)/.test(address);
    return (ask ? askForKernel : plainFetch)(...request);
  };

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
        ended ||= event.code === KERNEL_ENDED;
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
  };
})();
