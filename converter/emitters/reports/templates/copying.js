// Buttons that copy what they name: the clipboard where the browser offers it, else a selection that is copied.

function selected(text) {
  const area = document.createElement("textarea");
  area.value = text;
  area.setAttribute("readonly", "");
  area.className = "unseen";
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  return done ? Promise.resolve() : Promise.reject(new Error("not copied"));
}

function copied(text) {
  return navigator.clipboard ? navigator.clipboard.writeText(text).catch(() => selected(text)) : selected(text);
}

function textFor(button) {
  if (button.dataset.copy) return document.getElementById(button.dataset.copy).textContent;
  const messages = document.querySelectorAll("#" + CSS.escape(button.dataset.copyAll) + " pre.message");
  return Array.from(messages, (one) => one.textContent.trim()).join("\n\n---\n\n") + "\n";
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-copy], button[data-copy-all]");
  if (!button || button.dataset.busy) return;
  const before = button.textContent;
  const said = document.getElementById("said");
  const show = (answer) => {
    button.dataset.busy = "1";
    button.textContent = said.textContent = answer;
    setTimeout(() => { button.textContent = before; said.textContent = ""; delete button.dataset.busy; }, 2000);
  };
  copied(textFor(button)).then(() => show("Copied"), () => show("Copying is not allowed here: select the text"));
});
