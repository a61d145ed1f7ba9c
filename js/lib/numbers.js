// Numbers that come from Python, and numbers that people read.

export const clamp = (value, least, most) => Math.min(Math.max(value, least), most);

/** A copy of the numbers in a binary trait or a message's buffer, which may begin at any byte. */
export function numbersOf(view, Type) {
  const start = view.byteOffset ?? 0;
  return new Type((view.buffer ?? view).slice(start, start + view.byteLength));
}

/** A number with two decimals and a minus sign that is as wide as a digit. */
export const decimals = (value) => (Math.abs(value) < 0.005 ? 0 : value).toFixed(2).replace("-", "−");
