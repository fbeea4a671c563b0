// Copy the address, and tell the browser the page's language. On plain http from another host there is no clipboard
// API; the old command does there.
export default function ({ parentElement, data }) {
  document.documentElement.lang = data.lang;
  const button = parentElement.querySelector("button");
  button.textContent = data.label;
  button.onclick = async () => {
    try {
      await navigator.clipboard.writeText(location.href);
    } catch {
      const field = document.createElement("textarea");
      field.value = location.href;
      document.body.append(field);
      field.select();
      document.execCommand("copy");
      field.remove();
    }
    button.textContent = data.done;
    setTimeout(() => (button.textContent = data.label), 2000);
  };
}
