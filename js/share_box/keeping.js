// How a page keeps the setting over a reload: in its address, or in its storage if it is too long for one.

import { keepInPage, keptInPage } from "../lib/page_storage.js";
import { ADDRESS_FIELD } from "./address.js";

const STORED = "setting"; // its name in the page's storage

/**
 * Let address or storage hold the setting, so that a reload brings it back.
 *
 * @param {{ what: string, text: string }} setting
 */
export function keep({ what, text }) {
  const address = new URL(location.href);
  if (what === "address") address.searchParams.set(ADDRESS_FIELD, text);
  else address.searchParams.delete(ADDRESS_FIELD);
  // The state is Jupyter's own, if it has any.
  if (address.href !== location.href) history.replaceState(history.state, "", address);
  keepInPage(STORED, what === "file" ? text : "");
}

/** What this page has kept of the setting before it was reloaded, or what its address was sent with. */
export function restore() {
  const carried = new URL(location.href).searchParams.get(ADDRESS_FIELD);
  if (carried) return { what: "address", text: carried };
  const text = keptInPage(STORED);
  return text ? { what: "file", text } : null;
}
