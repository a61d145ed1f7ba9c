// How a text is copied.

/**
 * Select and copy what stands in a text area; false if the browser lets no page copy, so that a person must.
 *
 * @param {HTMLTextAreaElement} area
 */
export async function copied(area) {
  area.focus();
  area.select();
  // Browsers keep the clipboard from pages that came neither from this computer nor by https.
  if (navigator.clipboard) {
    try {
      await navigator.clipboard.writeText(area.value);
      return true;
    } catch (refused) {
      area.dataset.refused = String(refused); // there is an older way
    }
  }
  return document.execCommand("copy");
}
