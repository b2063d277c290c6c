// What helps to read a result: what is linked to is unfolded, and values and places are found side by side.

export function prepare(root) {
  root.querySelectorAll(".scripted").forEach((one) => { one.hidden = false; });
}

function unfold(target) {
  for (let one = target; one; one = one.parentElement) if (one.tagName === "DETAILS") one.open = true;
}

function meet(link, target) {
  const pane = target.closest(".pane");
  for (const one of document.querySelectorAll(".panes .here")) one.classList.remove("here");
  target.classList.add("here");
  (link.closest(".origins li") || link).classList.add("here");
  const top = target.getBoundingClientRect().top - pane.getBoundingClientRect().top + pane.scrollTop;
  pane.scrollTop = top - pane.clientHeight / 3;
  const beside = pane.getBoundingClientRect();
  if (beside.bottom > innerHeight || beside.top < 0) pane.scrollIntoView({ block: "nearest" });
  const focused = target.matches("a") ? target : target.querySelector(".values a");
  focused?.focus({ preventScroll: true });
}

function follow(hash) {
  const target = hash && document.getElementById(decodeURIComponent(hash.slice(1)));
  if (!target) return;
  unfold(target);
  target.scrollIntoView();
}

document.addEventListener("click", (event) => {
  const link = event.target.closest('a[href^="#"]');
  const target = link && document.getElementById(link.getAttribute("href").slice(1));
  if (!target || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (link.closest(".panes") && target.closest(".panes")) {
    event.preventDefault();
    meet(link, target);
  } else {
    unfold(target);
  }
});
addEventListener("hashchange", () => follow(location.hash));
follow(location.hash);
