// The elements of ShareBox.

import { element } from "../lib/dom.js";
import { tr } from "../lib/i18n.js";

/**
 * Build the elements.
 *
 * @param {HTMLElement} el
 */
export function shareFrame(el) {
  const root = element(el, "div", "dwmtj-share");
  /** @param {string} name @param {string} textContent @param {string} title */
  const button = (name, textContent, title) =>
    element(root, "button", `jupyter-button dwmtj-share-${name}`, { type: "button", textContent, title });
  const share = button("address", tr("Share"), tr("An address that restores memories, sliders and seeds"));
  const saves = button("save", tr("Save"), tr("A small file that restores them"));
  const open = button("open", tr("Open"), tr("Take the setting of such a file"));
  const python = button("python", "Python", tr("The lines that repeat this run"));
  const panel = element(root, "div", "panel", { hidden: true });
  const area = element(panel, "textarea", "dwmtj-text-area", { readOnly: true, spellcheck: false });
  const news = element(panel, "span", "dwmtj-text-news");
  news.setAttribute("role", "status");
  const reach = element(panel, "p", "dwmtj-share-reach", { hidden: true });
  const code = element(panel, "div", "dwmtj-share-code", { hidden: true });
  code.setAttribute("role", "img");
  code.setAttribute("aria-label", tr("The address as a QR code"));
  return { root, share, saves, open, python, panel, area, news, reach, code };
}
