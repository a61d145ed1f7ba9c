// The address of a page and its setting.

export const ADDRESS_FIELD = "s";
const TOKEN_FIELD = "token"; // it may give access to more than a lab, as behind a Jupyter server, so no shared address has it

/** @typedef {{ originForOthers?: string, asksForToken?: boolean }} Settings what the server says of itself */

/**
 * The start of the lab's address for other computers: its own, the server's, or none.
 *
 * @param {{ hostname: string, origin: string }} place
 * @param {Settings} settings
 * @returns {string}
 */
export function originForOthers({ hostname, origin }, settings) {
  if (!/^(localhost|127\.[\d.]+|\[::1\])$/.test(hostname)) return origin;
  return settings.originForOthers || "";
}

/**
 * Whether the server requires a token: it says so, or this page was opened with one.
 *
 * @param {string} href the page's own
 * @param {Settings} settings
 */
export function asksForToken(href, settings) {
  return Boolean(settings.asksForToken) || new URL(href).searchParams.has(TOKEN_FIELD);
}

/**
 * The address with a setting.
 *
 * @param {string} href the page's own
 * @param {string} origin for other computers, or none
 * @param {string} query
 */
export function addressOf(href, origin, query) {
  const address = new URL(href);
  if (origin) {
    const { protocol, hostname, port } = new URL(origin);
    Object.assign(address, { protocol, hostname, port }); // setting `host` would keep a port that the origin does not have
  }
  address.searchParams.set(ADDRESS_FIELD, query);
  address.searchParams.delete(TOKEN_FIELD);
  address.hash = "";
  return address.href;
}
