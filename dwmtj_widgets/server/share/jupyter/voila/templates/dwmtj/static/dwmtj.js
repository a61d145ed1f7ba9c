// The life of the page: starting, running, connection lost. Voila calls the three window.voila_* functions.
(() => {
  "use strict";

  const LOST = "Connection to the simulator was lost. Reload the page.";
  const PATIENCE = 3000; // ms that a broken connection may take to come back by itself

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
      Object.assign(link, { className: "dwmtj-home", href: home, textContent: "All labs" });
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
    if (line) line.textContent = "Starting the simulator... (the first start after an installation takes longer)";
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
  let leaving = false;
  let timer = 0;
  addEventListener("pagehide", () => (leaving = true));
  addEventListener("pageshow", () => (leaving = false));

  function tell() {
    const notice = document.getElementById("dwmtj-lost");
    const lost = connected === 0 && !leaving;
    notice.textContent = lost ? LOST : "";
    notice.hidden = !lost;
    if (lost) show();
  }

  // JupyterLab reconnects silently and gives up silently; only the sockets themselves tell what is going on.
  window.WebSocket = class extends window.WebSocket {
    constructor(...args) {
      super(...args);
      if (!String(args[0]).includes("/api/kernels/")) return;
      let open = false;
      this.addEventListener("open", () => {
        open = true;
        connected += 1;
        clearTimeout(timer);
        tell();
      });
      this.addEventListener("close", () => {
        if (open) connected -= 1;
        open = false;
        clearTimeout(timer);
        timer = setTimeout(tell, PATIENCE);
      });
    }
  };
})();
