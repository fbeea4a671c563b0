// A button that copies a text, where it stands for somebody to send on.

const SAID = 2000; // milliseconds for which the button says that it is done

/**
 * @param {{
 *   parentElement: HTMLElement,
 *   data: { text: string, copy: string, copied: string },
 * }} component
 */
export default function ({ parentElement, data }) {
  const button = parentElement.querySelector("button");
  if (!button) return;
  button.textContent = data.copy;
  button.onclick = async () => {
    await globalThis.boardCopy(data.text);
    button.textContent = data.copied;
    setTimeout(() => {
      button.textContent = data.copy;
    }, SAID);
  };
}
