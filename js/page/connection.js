// Notices on a lost connection or kernel. JupyterLab reconnects and gives up silently, so the sockets are watched.

import { tr } from "../lib/i18n.js";
import { show } from "./start.js";

const TRYING = tr("Connection to the simulator was lost. Trying again; your run is kept for half a minute.");
const ENDED = tr("The simulator of this page has ended. Reload the page to start a new one.");
const TOO_LARGE = tr(
  "The simulator of this page needed more memory than it may have, and has ended. Reload the page to start a new one.",
);
const TOO_LONG = tr("This is too large for the simulator: a file may have at most 5 MB.");
const KERNEL_ENDED = 4001; // close codes of the server (connection.py)
const KERNEL_WAS_TOO_LARGE = 4002;
const LARGEST_MESSAGE = 7000000; // bytes; the server refuses longer messages (messages.py)
const PATIENCE = 1000; // ms that a broken connection may take to reconnect by itself
const KEPT = 60000; // ms after which the server has certainly ended the kernel of a disconnected page
const REFUSED = 10000; // ms for which the notice of a message that was too large stays
const RETRY = 1000; // ms between requests to the server while the network is down

let connected = 0;
let isAsking = false;
let hasEnded = false;
let endedBecause = ENDED;
let isLeaving = false;
let lostAt = 0;
let timer = 0;

/** @param {number} ms */
const pause = (ms) => new Promise((done) => setTimeout(done, ms));

function tell() {
  const notice = document.getElementById("dwmtj-lost");
  if (!notice) return; // a connection can fail before the page is complete
  const isLost = (hasEnded || connected === 0) && !isLeaving;
  if (isLost) lostAt ||= Date.now();
  const isOver = hasEnded || Date.now() - lostAt > KEPT;
  const sentence = isOver ? endedBecause : TRYING;
  const said = isLost ? sentence : "";
  if (notice.textContent !== said) notice.textContent = said; // announced once
  notice.hidden = !isLost;
  if (isLost) show();
  if (hasEnded) document.dispatchEvent(new Event("dwmtj-kernel-ended")); // disables all controls (page_access)
}

const plainFetch = window.fetch;

/**
 * Asks the server about the kernel until there is an answer, and notes whether the kernel still exists.
 *
 * @param {Parameters<typeof fetch>} request
 */
async function askForKernel(...request) {
  for (;;) {
    try {
      const answer = await plainFetch(...request);
      hasEnded ||= answer.status === 404; // other failures come from a busy server or proxy
      if (hasEnded) tell();
      if (answer.ok || hasEnded) return answer;
    } catch (error) {
      if (isLeaving || !(error instanceof TypeError)) throw error;
    }
    tell();
    await pause(RETRY);
  }
}

/**
 * Between two attempts to connect JupyterLab asks for the kernel; without an answer it would wait for 10 to 30 s.
 *
 * @param {Parameters<typeof fetch>} request
 */
function patientFetch(...request) {
  const [resource, options] = request;
  const isRequest = resource instanceof Request;
  const address = isRequest ? resource.url : String(resource);
  const method = options?.method ?? (isRequest ? resource.method : "GET");
  const asks = method === "GET" && /\/api\/kernels\/[^/?]+(\?|$)/.test(address);
  return (asks ? askForKernel : plainFetch)(...request);
}

/** Shows that a message is too large to be sent, because the server would close the connection. */
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

/**
 * @param {number} code with which a connection was closed
 * @param {string} kernel where the server says whether there is a kernel
 */
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
    hasEnded ? 0 : PATIENCE,
  );
}

class WatchedSocket extends window.WebSocket {
  /** @param {ConstructorParameters<typeof WebSocket>} args */
  constructor(...args) {
    super(...args);
    const [kernel, channels] = String(args[0]).replace(/^ws/, "http").split("/channels");
    if (channels === undefined || !kernel.includes("/api/kernels/")) return;
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
}

/** Watch all requests and sockets of the page from now on. */
export function watchConnection() {
  addEventListener("pagehide", () => {
    isLeaving = true;
  });
  addEventListener("pageshow", () => {
    isLeaving = false;
  });
  window.fetch = patientFetch;
  window.WebSocket = WatchedSocket;
}
