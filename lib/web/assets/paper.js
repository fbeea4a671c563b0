// What stands above a sheet on the screen and not on the paper: print it, go back.

/**
 * @param {{
 *   parentElement: ParentNode,
 *   data: { print: string, back: string },
 *   setTriggerValue: (name: string, value: boolean) => void,
 * }} component
 */
export default function show({ parentElement, data, setTriggerValue }) {
  const [print, back] = /** @type {NodeListOf<HTMLButtonElement>} */ (
    parentElement.querySelectorAll("button")
  );
  const isNew = !print.onclick;
  // the page before it may have been scrolled, and a sheet begins at its top
  if (isNew) document.querySelector("[data-testid=stMain]")?.scrollTo(0, 0);
  print.textContent = data.print;
  print.onclick = () => window.print();
  back.textContent = data.back;
  back.onclick = () => setTriggerValue("back", true);
}
