// Storage of the setting over a reload: in the page's address, or in its storage if it is too long for one.

import { keepInPage, keptInPage } from "../lib/page_storage.js";
import { ADDRESS_FIELD } from "./address.js";

const STORED = "setting"; // its name in the page's storage

/**
 * Put the setting into the address or the storage, so that a reload restores it.
 *
 * @param {{ what: string, text: string }} setting
 */
export function keep({ what, text }) {
  const address = new URL(location.href);
  if (what === "address") address.searchParams.set(ADDRESS_FIELD, text);
  else address.searchParams.delete(ADDRESS_FIELD);
  // The history state, if any, is Jupyter's.
  if (address.href !== location.href) history.replaceState(history.state, "", address);
  keepInPage(STORED, what === "file" ? text : "");
}

/** The setting that this page has stored before a reload, or that is in its address. */
export function restore() {
  const carried = new URL(location.href).searchParams.get(ADDRESS_FIELD);
  if (carried) return { what: "address", text: carried };
  const text = keptInPage(STORED);
  return text ? { what: "file", text } : null;
}
