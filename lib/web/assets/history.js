// Steps of the browser's history: what a reader does is one step, whatever it changes in the address.
//
// Streamlit writes each parameter of the address by itself, some as steps of their own, in an order
// that differs from time to time. Here the first change after a key or a pointer is the step, and all
// that follow belong to it. It runs before Streamlit does, inside the first page.

{
  let isNext = false; // whether the next change of the address is a step
  const push = history.pushState.bind(history);
  const replace = history.replaceState.bind(history);

  /**
   * @param {unknown} state
   * @param {string} title
   * @param {string | URL | null} [address]
   */
  const change = (state, title, address) => {
    const isOther = new URL(address ?? "", location.href).href !== location.href;
    if (!isNext || !isOther) {
      replace(state, title, address);
      return;
    }
    isNext = false;
    push(state, title, address);
  };

  history.pushState = change;
  history.replaceState = change;
  for (const act of ["pointerdown", "keydown"]) {
    addEventListener(
      act,
      () => {
        isNext = true;
      },
      true,
    );
  }
  addEventListener("popstate", () => {
    isNext = false;
  });
}
