// Made from js/ by `npm --prefix js run build`. Do not edit.
"use strict";
(() => {
  // lib/i18n.js
  var texts = typeof DWMTJ_TEXTS === "undefined" ? {} : DWMTJ_TEXTS;
  var tr = (text) => texts[text] ?? text;

  // page/links.js
  function linkLessons() {
    const { home } = document.body.dataset;
    for (const link of document.querySelectorAll('#rendered_cells a[href$=".ipynb"]')) {
      const name = link.getAttribute("href")?.replace(/\.ipynb$/, "");
      if (home && name) link.setAttribute("href", name);
      else link.removeAttribute("href");
    }
  }
  function linkHome() {
    const { home } = document.body.dataset;
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
      subtree: true
    });
  }

  // page/outputs.js
  var OUTPUTS = 'script[type="application/vnd.voila.cell-output+json"]';
  var VIEW = "application/vnd.jupyter.widget-view+json";
  var LOADING = "Loading widget...";
  var GIVEN_UP = "Error displaying widget: model not found";
  var NO_WIDGETS = tr("The simulator did not send this part of the page. Reload the page.");
  var awaited = /* @__PURE__ */ new Map();
  function noteOutputs() {
    for (const output of document.querySelectorAll(OUTPUTS)) {
      const place = (
        /** @type {Element} */
        output.parentElement
      );
      awaited.set(place, JSON.parse(output.textContent ?? "").data?.[VIEW]?.model_id);
    }
  }
  var says = (output, text) => !output.firstElementChild && output.textContent === text;
  var isDrawn = (output) => output.clientHeight > 0 && !says(output, LOADING);
  function drawGivenUp() {
    for (const [place, id] of awaited) {
      const output = place.querySelector(".jp-OutputArea-output");
      if (!output || says(output, LOADING)) continue;
      if (says(output, GIVEN_UP)) draw(output, id);
      else awaited.delete(place);
    }
  }
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

  // page/start.js
  var starting = () => document.getElementById("dwmtj-starting");
  var isShown = false;
  function show() {
    isShown = true;
    starting()?.remove();
    linkHome();
    linkLessons();
  }
  function heartbeat() {
    const line = starting();
    if (line) line.textContent = tr("Starting the simulator... (the first start after an installation takes longer)");
  }
  function finish() {
    noteOutputs();
    if (!window.themeLoaded) {
      window.cellLoaded = true;
      if (!document.querySelector("#rendered_cells .dwmtj-start-error")) return;
    }
    const cells = (
      /** @type {HTMLElement} */
      document.getElementById("rendered_cells")
    );
    cells.style.display = "";
    const hasNothing = awaited.size === 0;
    const isReady = () => hasNothing || document.querySelector(".dwmtj-start-error") !== null || [...cells.querySelectorAll(".jp-OutputArea-output")].some(isDrawn);
    const look = () => {
      drawGivenUp();
      if (!isShown && isReady()) show();
      if (isShown && awaited.size === 0) observer.disconnect();
    };
    const observer = new MutationObserver(look);
    observer.observe(cells, { childList: true, subtree: true });
    look();
  }

  // page/connection.js
  var TRYING = tr("Connection to the simulator was lost. Trying again; your run is kept for half a minute.");
  var ENDED = tr("The simulator of this page has ended. Reload the page to start a new one.");
  var TOO_LARGE = tr(
    "The simulator of this page needed more memory than it may have, and has ended. Reload the page to start a new one."
  );
  var TOO_LONG = tr("This is too large for the simulator: a file may have at most 5 MB.");
  var KERNEL_ENDED = 4001;
  var KERNEL_WAS_TOO_LARGE = 4002;
  var LARGEST_MESSAGE = 7e6;
  var PATIENCE = 1e3;
  var KEPT = 6e4;
  var REFUSED = 1e4;
  var RETRY = 1e3;
  var connected = 0;
  var isAsking = false;
  var hasEnded = false;
  var endedBecause = ENDED;
  var isLeaving = false;
  var lostAt = 0;
  var timer = 0;
  var pause = (ms) => new Promise((done) => setTimeout(done, ms));
  function tell() {
    const notice = document.getElementById("dwmtj-lost");
    if (!notice) return;
    const isLost = (hasEnded || connected === 0) && !isLeaving;
    if (isLost) lostAt ||= Date.now();
    const isOver = hasEnded || Date.now() - lostAt > KEPT;
    const sentence = isOver ? endedBecause : TRYING;
    const said = isLost ? sentence : "";
    if (notice.textContent !== said) notice.textContent = said;
    notice.hidden = !isLost;
    if (isLost) show();
    if (hasEnded) document.dispatchEvent(new Event("dwmtj-kernel-ended"));
  }
  var plainFetch = window.fetch;
  async function askForKernel(...request) {
    for (; ; ) {
      try {
        const answer = await plainFetch(...request);
        hasEnded ||= answer.status === 404;
        if (hasEnded) tell();
        if (answer.ok || hasEnded) return answer;
      } catch (error) {
        if (isLeaving || !(error instanceof TypeError)) throw error;
      }
      tell();
      await pause(RETRY);
    }
  }
  function patientFetch(...request) {
    const [resource, options] = request;
    const isRequest = resource instanceof Request;
    const address = isRequest ? resource.url : String(resource);
    const method = options?.method ?? (isRequest ? resource.method : "GET");
    const asks = method === "GET" && /\/api\/kernels\/[^/?]+(\?|$)/.test(address);
    return (asks ? askForKernel : plainFetch)(...request);
  }
  function refuse() {
    const notice = document.getElementById("dwmtj-lost");
    if (!notice) return;
    notice.textContent = TOO_LONG;
    notice.hidden = false;
    setTimeout(tell, REFUSED);
  }
  function onOpen() {
    connected += 1;
    lostAt = 0;
    clearTimeout(timer);
    tell();
  }
  function onClose(code, kernel) {
    lostAt ||= Date.now();
    if (code === KERNEL_WAS_TOO_LARGE) endedBecause = TOO_LARGE;
    hasEnded ||= code === KERNEL_ENDED || code === KERNEL_WAS_TOO_LARGE;
    clearTimeout(timer);
    timer = setTimeout(
      () => {
        if (connected > 0 || isLeaving) return;
        tell();
        if (hasEnded || isAsking) return;
        isAsking = true;
        askForKernel(kernel).finally(() => {
          isAsking = false;
        });
      },
      hasEnded ? 0 : PATIENCE
    );
  }
  var WatchedSocket = class extends window.WebSocket {
    /** @param {ConstructorParameters<typeof WebSocket>} args */
    constructor(...args) {
      super(...args);
      const [kernel, channels] = String(args[0]).replace(/^ws/, "http").split("/channels");
      if (channels === void 0 || !kernel.includes("/api/kernels/")) return;
      let isOpen = false;
      this.addEventListener("open", () => {
        isOpen = true;
        onOpen();
      });
      this.addEventListener("close", ({ code }) => {
        if (isOpen) connected -= 1;
        isOpen = false;
        onClose(code, kernel);
      });
    }
    /** @param {any} message a text or bytes */
    send(message) {
      if ((message.byteLength ?? message.length) > LARGEST_MESSAGE) refuse();
      else super.send(message);
    }
  };
  function watchConnection() {
    addEventListener("pagehide", () => {
      isLeaving = true;
    });
    addEventListener("pageshow", () => {
      isLeaving = false;
    });
    window.fetch = patientFetch;
    window.WebSocket = WatchedSocket;
  }

  // page/index.js
  window.voila_process = () => {
  };
  window.voila_heartbeat = heartbeat;
  window.voila_finish = finish;
  addEventListener(
    "beforeunload",
    (event) => {
      if (!document.querySelector('.dwmtj-clock[data-unfinished="true"]')) return;
      event.preventDefault();
      event.stopImmediatePropagation();
    },
    { capture: true }
  );
  watchConnection();
})();
