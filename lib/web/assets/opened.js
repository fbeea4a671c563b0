// What was opened comes into sight, if it is not: its heading, and what fits below it.

/** @param {{ parentElement: Node, data: { opened: string } }} component */
export default function ({ parentElement, data }) {
  const root = parentElement.getRootNode();
  const host = root instanceof ShadowRoot ? root.host : parentElement;
  if (!(host instanceof HTMLElement) || host.dataset.opened === data.opened) return;
  host.dataset.opened = data.opened;
  // After the browser has laid out what stands above it
  requestAnimationFrame(() => {
    const heading = host.closest(".st-key-detail")?.querySelector("h3");
    heading?.scrollIntoView({ block: "nearest", behavior: "smooth" });
  });
}
