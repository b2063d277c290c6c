// The table of several files: filled as they are read, sorted by its headings, filtered, and saved as CSV.

const order = new Intl.Collator("en", { numeric: true });
const section = document.getElementById("files");

export class Table {
  constructor(open) {
    this.open = open;
    this.items = [];
    this.body = document.getElementById("rows");
    this.template = document.getElementById("row");
    this.words = document.getElementById("words");
    this.kind = document.getElementById("kind");
    this.words.addEventListener("input", () => this.filter());
    this.kind.addEventListener("input", () => this.filter());
    this.heads = Array.from(section.querySelectorAll("thead th"));
    this.heads.forEach((head) => head.querySelector("button").addEventListener("click", () => this.sort(head)));
    this.body.addEventListener("click", (event) => {
      const row = event.target.closest("tr");
      if (row && !String(getSelection())) this.open(this.items[Number(row.dataset.item)]);
    });
  }

  clear() {
    this.items = [];
    this.body.replaceChildren();
    this.words.value = "";
    this.kind.replaceChildren(this.kind.options[0]);
    this.across("");
    this.heads.forEach((one) => one.removeAttribute("aria-sort"));
    this.count();
  }

  add(item) {
    const row = this.template.content.cloneNode(true).firstElementChild;
    row.dataset.item = this.items.length;
    this.items.push(item);
    this.fill(row, item.row);
    this.body.append(row);
    this.due ||= requestAnimationFrame(() => this.count());
  }

  fill(row, values) {
    row.dataset.kind = values.kind;
    for (const cell of row.querySelectorAll("[data-cell]")) {
      const key = cell.dataset.cell;
      const value = key === "name" || key === "result" ? values[key] : values.cells[key];
      cell.textContent = value === null || value === undefined || value === 0 ? "" : value;
      if (key === "result") cell.classList.add(values.kind);
    }
    for (const cell of row.querySelectorAll("td")) if (!cell.textContent.trim()) cell.replaceChildren();
    if (!row.querySelector("[data-label='First cause']").hasChildNodes()) {
      const words = document.createElement("span");
      words.className = "soft cause";
      words.textContent = values.sentence;
      row.querySelector("[data-label='First cause']").append(words);
    }
  }

  // The row of a file that others have something to do with takes the place of the one before.
  update(item, values) {
    item.row = values;
    const number = String(this.items.indexOf(item));
    const row = this.template.content.cloneNode(true).firstElementChild;
    row.dataset.item = number;
    this.fill(row, values);
    Array.from(this.body.rows).find((one) => one.dataset.item === number).replaceWith(row);
    this.count();
  }

  across(html) {
    const place = document.getElementById("across");
    place.innerHTML = html;
    place.hidden = !html;
  }

  inOrder() {
    return this.items.slice().sort((one, other) => one.number - other.number || (one.member ?? 0) - (other.member ?? 0));
  }

  count() {
    cancelAnimationFrame(this.due);
    this.due = 0;
    const numbers = new Map();
    const kinds = new Map();
    for (const { row } of this.items.slice().sort((one, other) => one.row.rank - other.row.rank)) {
      numbers.set(row.result, (numbers.get(row.result) || 0) + 1);
      kinds.set(row.kind, row.result);
    }
    const chosen = this.kind.value;
    this.kind.replaceChildren(this.kind.options[0], ...Array.from(kinds, ([kind, words]) => new Option(words, kind)));
    this.kind.value = kinds.has(chosen) ? chosen : "";
    document.getElementById("files-title").textContent = this.items.length + (this.items.length === 1 ? " file" : " files");
    document.getElementById("files-counts").textContent = Array.from(numbers, ([word, number]) => word + ": " + number).join("; ");
    if (this.words.value || this.kind.value) this.filter();
  }

  value(row, key) {
    const item = this.items[Number(row.dataset.item)].row;
    const value = key === "rank" ? item.rank : item.cells[key];
    return value === null || value === undefined ? "" : String(value);
  }

  sort(head, down = head.getAttribute("aria-sort") === "ascending") {
    const key = head.querySelector("button").dataset.key;
    const rows = Array.from(this.body.rows);
    rows.sort((one, other) => order.compare(this.value(one, key), this.value(other, key)) * (down ? -1 : 1));
    this.body.append(...rows);
    this.heads.forEach((one) => one.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
  }

  worstFirst() {
    this.count();
    this.sort(this.heads.find((one) => one.querySelector("button").dataset.key === "rank"), false);
  }

  filter() {
    const wanted = this.words.value.trim().toLowerCase().split(/\s+/);
    let number = 0;
    for (const row of this.body.rows) {
      const text = row.textContent.toLowerCase();
      row.hidden = !wanted.every((one) => text.includes(one)) || (this.kind.value && row.dataset.kind !== this.kind.value);
      number += row.hidden ? 0 : 1;
    }
    document.getElementById("shown").textContent = number + " of " + this.items.length + " shown";
  }

  csv() {
    const rows = Array.from(this.body.rows, (row) => this.items[Number(row.dataset.item)].row.csv);
    return "\ufeff" + section.dataset.header + rows.join("");
  }
}
