// The search box: results while something is being written, and a word about them for screen readers.
import { lookedUp } from "./requests.js";
import { prepare } from "./reading.js";

const WAIT = 220;
const box = document.getElementById("q");
const found = document.getElementById("found");
const said = document.getElementById("found-said");

if (box && found) {
  let timer = 0;
  let running = null;

  const look = async () => {
    const words = box.value.trim();
    running?.abort();
    if (!words) {
      found.replaceChildren();
      said.textContent = "";
      return;
    }
    const mine = running = new AbortController();
    try {
      const html = await lookedUp(words, mine.signal);
      if (mine !== running) return;
      found.innerHTML = html;
      prepare(found);
      said.textContent = found.querySelector(".eyebrow, .nothing, .small-title")?.textContent || "Nothing found";
    } catch (error) {
      if (error.name === "AbortError") return;
      const line = document.createElement("p");
      line.className = "nothing";
      line.textContent = error.message || "The service cannot be reached.";
      found.replaceChildren(line);
      said.textContent = line.textContent;
    }
  };
  box.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, WAIT);
  });
  // A link to another word is followed in place.
  found.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="/page/explain?q="]');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    box.value = new URL(link.href).searchParams.get("q");
    clearTimeout(timer);
    look();
    box.focus();
  });
  box.form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    look();
  });
}
