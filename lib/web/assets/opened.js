// What was opened comes into sight, if it is not: its heading, and what fits below it. Figures above it
// may be drawn later and move it away, so it is looked for again until the reader does something.

const DRAWING = 4000; // milliseconds within which a page is drawn
const ACTS = ["wheel", "touchmove", "pointerdown", "keydown"];

/** @param {{ parentElement: Node, data: { opened: string } }} component */
export default function ({ parentElement, data }) {
  const root = parentElement.getRootNode();
  const host = root instanceof ShadowRoot ? root.host : parentElement;
  if (!(host instanceof HTMLElement) || host.dataset.opened === data.opened) return;
  host.dataset.opened = data.opened;
  const page = host.closest(".stMainBlockContainer");
  const show = () =>
    host
      .closest(".st-key-detail")
      ?.querySelector("h3")
      ?.scrollIntoView({ block: "nearest", behavior: "smooth" });
  const watch = new ResizeObserver(show); // it tells the size that the page has now, too
  const stop = () => watch.disconnect();
  if (page) watch.observe(page);
  setTimeout(stop, DRAWING);
  for (const act of ACTS) addEventListener(act, stop, { capture: true, once: true, passive: true });
}
