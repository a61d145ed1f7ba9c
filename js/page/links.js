// Links to other pages.

import { tr } from "../lib/i18n.js";

/** Points links between lessons, which name notebooks, to their pages, or removes them if there are none. */
export function linkLessons() {
  const { home } = document.body.dataset;
  for (const link of document.querySelectorAll('#rendered_cells a[href$=".ipynb"]')) {
    const name = link.getAttribute("href")?.replace(/\.ipynb$/, "");
    if (home && name) link.setAttribute("href", name);
    else link.removeAttribute("href");
  }
}

/** Puts a link to the page with all labs before the lab's title, if there is such a page. */
export function linkHome() {
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
    subtree: true,
  });
}
