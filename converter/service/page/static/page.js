// The page: files are chosen, dropped or pasted, sent one after another, and shown as a result or as a table.
import "./copying.js";
import { dropped, leftOutWords, ofFolder, plain } from "./folders.js";
import "./lookup.js";
import { prepare } from "./reading.js";
import { compared, Problem, send } from "./requests.js";
import { Table } from "./table.js";

const byId = (id) => document.getElementById(id);
const AT_ONCE = 2;

document.documentElement.classList.add("js");
prepare(document);
if (byId("upload")) start();

function start() {
  const table = new Table((item) => openItem(item));
  let running = null;
  let chosen = [];
  let current = null;

  function wishes() {
    return { year: byId("year").value, showIds: byId("show-ids").checked };
  }

  // One of the views is seen: start, progress, files or result.
  function view(name) {
    byId("start").hidden = name !== "start";
    byId("heading").hidden = name === "start";
    byId("progress").hidden = name !== "progress";
    byId("files").hidden = name !== "files" && !(name === "progress" && chosen.length > 1);
    byId("result").hidden = name !== "result";
    byId("back").hidden = name === "start" || name === "progress";
    byId("back-words").textContent = name === "result" && table.items.length > 1 ? "All files" : "Check other files";
    byId("problem").hidden = true;
    byId("left-out").hidden = name === "start" || !byId("left-out").textContent;
    if (name !== "result") document.title = byId("start").dataset.title;
  }

  function problem(error) {
    if (error.name === "AbortError") return;
    byId("problem-words").textContent = reason(error);
    byId("problem").hidden = false;
  }

  function begin(words, most) {
    running?.abort();
    running = new AbortController();
    byId("progress-words").textContent = words;
    const bar = byId("progress-bar");
    if (most) { bar.max = most; bar.value = 0; } else bar.removeAttribute("value");
    view("progress");
    byId("progress-words").focus({ preventScroll: true });
    return running.signal;
  }

  function remember(name, replace) {
    if (replace) history.replaceState({ name }, "");
    else history.pushState({ name }, "");
  }

  async function take({ items, leftOut, fromFolder }) {
    byId("left-out").textContent = leftOutWords(leftOut);
    if (!items.length && fromFolder) {
      view("start");
      problem(new Problem("No XML, JSON, zip or text file is in the folder. " + leftOutWords(leftOut)));
    }
    if (!items.length) return;
    chosen = items;
    table.clear();
    const one = chosen.length === 1 && !/\.zip$/i.test(chosen[0].file.name);
    if (one) await openItem({ ...chosen[0], sent: byId("sent").files[0] });
    else await readAll();
  }

  function reason(error) {
    return error instanceof Problem ? error.message : "The service cannot be reached.";
  }

  async function readAll() {
    const signal = begin("Reading " + chosen.length + (chosen.length === 1 ? " file" : " files"), chosen.length);
    const queue = Array.from(chosen.entries());
    let done = 0;
    const lost = [];
    const work = async () => {
      for (let next = queue.shift(); next; next = queue.shift()) {
        const [number, one] = next;
        try {
          await readRows(one, number, signal);
        } catch (error) {
          if (signal.aborted) throw error;
          lost.push(one.file.name + ": " + reason(error));
        }
        done += 1;
        byId("progress-bar").value = done;
        byId("progress-words").textContent = done + " of " + chosen.length + " read";
      }
    };
    let stopped = null;
    await Promise.all(Array.from({ length: AT_ONCE }, work)).catch((error) => { stopped = error; });
    if (stopped && running.signal !== signal) return;
    if (table.items.length === 1 && !lost.length) {
      await openItem(table.items[0]);
      return;
    }
    if (!stopped) await compare(signal).catch((error) => lost.push("The files were not compared with each other. " + reason(error)));
    if (running.signal !== signal) return;
    table.worstFirst();
    view(table.items.length ? "files" : "start");
    if (table.items.length) {
      remember("files");
      byId("files-title").focus({ preventScroll: true });
    }
    if (lost.length) problem(new Problem(lost.join(" ")));
  }

  // What the files have to do with each other, in the order in which they were chosen, however fast each was read.
  async function compare(signal) {
    const items = table.inOrder();
    if (items.filter((one) => one.row.kept).length < 2) return;
    const found = await compared(items.map((one) => one.row.kept), signal);
    for (const [number, row] of Object.entries(found.rows)) table.update(items[Number(number)], row);
    table.across(found.html);
  }

  // A zip gives a row for each file in it, as soon as that is read.
  async function readRows(one, number, signal) {
    const answer = await send("/page/rows", one, wishes(), signal);
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = "";
    for (;;) {
      const { value, done } = await reader.read();
      rest += value || "";
      const lines = rest.split("\n");
      rest = lines.pop();
      for (const line of lines) {
        const { member, ...row } = JSON.parse(line);
        table.add({ ...one, number, member, row });
      }
      if (done) return;
    }
  }

  async function openItem(item, showIds = wishes().showIds, again = false) {
    if (item.row?.kind === "answer" && !item.sent) {
      const documents = table.items.filter((one) => one.row.kind !== "answer" && one.member === undefined);
      if (documents.length === 1) item = { ...item, sent: documents[0].file };
    }
    const signal = again ? new AbortController().signal : begin("Reading " + item.file.name, 0);
    try {
      const answer = await send("/page/part", item, { ...wishes(), showIds }, signal);
      const result = byId("result");
      result.innerHTML = await answer.text();
      if (item.row?.together) result.querySelector(".summary").insertAdjacentHTML("afterend", item.row.together);
      prepare(result);
      current = { item, showIds };
      view("result");
      document.title = result.querySelector("h2").textContent + " - qrda2qpp";
      if (again) {
        result.querySelector("[data-show-ids]")?.focus({ preventScroll: true });
        byId("said").textContent = showIds ? "TIN and NPI are shown" : "TIN and NPI are masked";
      } else {
        remember("result");
        scrollTo(0, 0);
        result.querySelector("h2").focus({ preventScroll: true });
      }
    } catch (error) {
      if (!again) view(table.items.length > 1 ? "files" : "start");
      problem(error);
    }
  }

  async function download(button) {
    button.disabled = true;
    try {
      const answer = await send("/page/download/" + button.dataset.download, current.item, { ...wishes(), showIds: current.showIds });
      const named = /filename\*=UTF-8''([^;]+)/.exec(answer.headers.get("Content-Disposition") || "");
      save(await answer.blob(), named ? decodeURIComponent(named[1]) : button.dataset.download);
      byId("said").textContent = "Downloaded";
    } catch (error) {
      problem(error);
    }
    button.disabled = false;
  }

  function save(blob, name) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }

  byId("start").dataset.title = document.title;
  byId("file").multiple = true;
  byId("file").addEventListener("change", (event) => { take(plain(event.target.files)); event.target.value = ""; });
  byId("folder").addEventListener("change", (event) => { take(ofFolder(Array.from(event.target.files))); event.target.value = ""; });
  byId("upload").addEventListener("submit", (event) => {
    event.preventDefault();
    const text = byId("text").value;
    if (text.trim()) take(plain([pasted(text)]));
  });
  byId("stop").addEventListener("click", () => { running?.abort(); view(table.items.length ? "files" : "start"); });
  byId("back-button").addEventListener("click", () => {
    const name = !byId("result").hidden && table.items.length > 1 ? "files" : "start";
    remember(name);
    view(name);
    byId(name === "files" ? "files-title" : "file").focus();
  });
  byId("files-csv").addEventListener("click", () => save(new Blob([table.csv()], { type: "text/csv" }), "summary.csv"));
  byId("files-ids").addEventListener("click", () => {
    byId("show-ids").checked = !byId("show-ids").checked;
    byId("files-ids").textContent = byId("show-ids").checked ? "Hide TIN and NPI" : "Show TIN and NPI";
    table.clear();
    readAll();
  });
  byId("result").addEventListener("click", (event) => {
    const button = event.target.closest("[data-show-ids], [data-download]");
    if (!button) return;
    if (button.dataset.download) download(button);
    else openItem(current.item, button.dataset.showIds === "1", true);
  });
  byId("result").addEventListener("change", (event) => {
    if (event.target.matches("[data-sent]")) openItem({ ...current.item, sent: event.target.files[0] }, current.showIds);
  });
  addEventListener("popstate", (event) => {
    running?.abort();
    const name = event.state?.name || "start";
    if (name === "result" && !byId("result").hasChildNodes()) return view("start");
    if (location.hash) return undefined;
    return view(name === "files" && !table.items.length ? "start" : name);
  });
  remember("start", true);

  const drop = byId("drop");
  let over = 0;
  addEventListener("dragenter", (event) => { event.preventDefault(); over += 1; drop.classList.add("over"); });
  addEventListener("dragleave", () => { over -= 1; if (!over) drop.classList.remove("over"); });
  addEventListener("dragover", (event) => event.preventDefault());
  addEventListener("drop", (event) => {
    event.preventDefault();
    over = 0;
    drop.classList.remove("over");
    dropped(event.dataTransfer).then(take).catch(() => problem(new Problem("What was dropped cannot be read. Choose it instead.")));
  });
  addEventListener("paste", (event) => {
    if (event.target.matches("input, textarea")) return;
    const text = event.clipboardData.getData("text");
    if (event.clipboardData.files.length) take(plain(event.clipboardData.files));
    else if (text.trim()) take(plain([pasted(text)]));
  });

  function pasted(text) {
    const kind = /^\s*</.test(text) ? "xml" : /^\s*[[{]/.test(text) ? "json" : "txt";
    return new File([text], "pasted text." + kind, { type: "text/plain" });
  }
}
