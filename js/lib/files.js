// Files from the visitor: chosen by a button, or dropped on the button's lab (dropping.js).

import { element } from "./dom.js";

/**
 * Whether a file has one of the types in `accept`, in the form of an input element's; "*" is any file.
 *
 * @param {{ name: string, type: string }} file
 * @param {string} accept
 */
export function isAccepted(file, accept) {
  return accept.split(",").some((kind) => {
    if (kind === "*") return true;
    if (kind.startsWith(".")) return file.name.toLowerCase().endsWith(kind);
    return kind.endsWith("/*") ? file.type.startsWith(kind.slice(0, -1)) : file.type === kind;
  });
}

/**
 * Let a button choose a file, and let its part accept files dropped on the lab. The page refuses a file that is too
 * large, unreadable or of a wrong type: a message of more than some megabytes would end the connection.
 *
 * @param {HTMLElement} root
 * @param {HTMLButtonElement} button
 * @param {object} options
 * @param {string} options.accept
 * @param {() => number} options.largest bytes that a file may have
 * @param {(file: File, content: ArrayBuffer) => void} options.take
 * @param {(message: object) => void} options.refuse
 */
export function bringFiles(root, button, { accept, largest, take, refuse }) {
  const input = element(root, "input", "dwmtj-file", { type: "file", accept, hidden: true, tabIndex: -1 });
  button.addEventListener("click", () => input.click());

  /** @param {File} file */
  async function bring(file) {
    if (file.size > largest()) return refuse({ type: "too large", name: file.name, size: file.size });
    let content;
    try {
      content = await file.arrayBuffer();
    } catch (error) {
      return refuse({ type: "unreadable", name: file.name, reason: String(error) });
    }
    return take(file, content);
  }

  input.addEventListener("change", () => {
    const [file] = input.files ?? [];
    input.value = ""; // so that the same file can be chosen again
    if (file) bring(file);
  });
  root.dataset.takesFiles = accept;
  root.addEventListener("dwmtj-file", (event) => {
    const { file, useless } = /** @type {CustomEvent} */ (event).detail;
    if (!useless && !isAccepted(file, accept)) return;
    event.preventDefault(); // this part has taken it
    if (useless) refuse({ type: "useless", name: file.name });
    else if (!button.disabled) bring(file);
  });
}
