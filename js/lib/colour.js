// Colours of measured values.

/** [red, green, blue] for 0 to 255, between three colours "#rrggbb". */
export function colourTable([low, middle, high]) {
  const parts = (colour) => [1, 3, 5].map((k) => parseInt(colour.slice(k, k + 2), 16));
  const [from, half, to] = [low, middle, high].map(parts);
  return Array.from({ length: 256 }, (_, byte) => {
    const share = byte / 127.5 - 1;
    const end = share < 0 ? from : to;
    return half.map((value, k) => Math.round(value + Math.abs(share) * (end[k] - value)));
  });
}
