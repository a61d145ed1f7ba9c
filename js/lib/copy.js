// Copying of text.

/**
 * Select and copy the text of a text area; false if the browser forbids it, so that a person must copy.
 *
 * @param {HTMLTextAreaElement} area
 */
export async function copied(area) {
  area.focus();
  area.select();
  // Browsers deny the clipboard to pages that came neither from this computer nor by https.
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
