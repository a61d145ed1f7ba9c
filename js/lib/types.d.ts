// Types that many modules use; for the type check alone.

/** Texts of a bundle in the language of the page, by the English ones (style.py). */
declare const TEXTS: Record<string, string>;

/** What anywidget gives a view of its widget in Python. */
interface Model {
  get(name: string): any;
  set(name: string, value: unknown): void;
  save_changes(): void;
  send(content: object, callbacks?: unknown, buffers?: ArrayBuffer[]): void;
  on(event: string, handler: (...news: any[]) => void): void;
  off(event: string, handler: (...news: any[]) => void): void;
  widget_manager?: any;
}

/** What `render` gets; it returns how the view ends. */
interface View {
  model: Model;
  el: HTMLElement;
}

/** x and y, in the unit square or in CSS pixels. */
type Place = [number, number];

type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/** The range of an axis, and whether it is logarithmic. */
interface Scale {
  low: number;
  high: number;
  log?: boolean;
}

/** Bytes of a trait or a message. */
type Binary = DataView | ArrayBuffer | Uint8Array;
