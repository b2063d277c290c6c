(function () {
  "use strict";
  const all = (selector, root) => Array.from((root || document).querySelectorAll(selector));

  // What is linked to is unfolded.
  function unfold() {
    const target = location.hash && document.getElementById(location.hash.slice(1));
    if (!target) return;
    for (let one = target; one; one = one.parentElement) if (one.tagName === "DETAILS") one.open = true;
    target.scrollIntoView();
  }
  addEventListener("hashchange", unfold);
  unfold();

  all(".scripted").forEach((one) => { one.hidden = false; });

  // The tables of files: sorted by a click on a heading, filtered by words and by result.
  const tables = all("table.files");
  const order = new Intl.Collator("en", { numeric: true });
  function sorted(table, column, down) {
    const value = (row) => row.cells[column].dataset.value || row.cells[column].textContent.trim();
    const rows = Array.from(table.tBodies[0].rows);
    rows.sort((one, other) => order.compare(value(one), value(other)) * (down ? -1 : 1));
    table.tBodies[0].append(...rows);
    all("thead th", table).forEach((one, index) => {
      if (index === column) one.setAttribute("aria-sort", down ? "descending" : "ascending");
      else one.removeAttribute("aria-sort");
    });
  }
  tables.forEach((table) => all("thead th", table).forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "sort";
    button.textContent = head.textContent;
    head.replaceChildren(button);
    button.addEventListener("click", () => sorted(table, column, head.getAttribute("aria-sort") === "ascending"));
  }));
  const words = document.getElementById("words");
  const result = document.getElementById("result");
  const shown = document.getElementById("shown");
  function filter() {
    const wanted = words.value.trim().toLowerCase().split(/\s+/);
    let number = 0;
    const rows = tables.flatMap((table) => Array.from(table.tBodies[0].rows));
    rows.forEach((row) => {
      const text = row.textContent.toLowerCase();
      row.hidden = !(wanted.every((one) => text.includes(one)) && (!result.value || row.dataset.result === result.value));
      number += row.hidden ? 0 : 1;
    });
    tables.forEach((table) => {
      const fold = table.closest("details");
      if (fold && (words.value.trim() || result.value)) fold.open = all("tbody tr:not([hidden])", table).length > 0;
    });
    shown.textContent = number + " of " + rows.length + " shown";
  }
  if (words && result && shown) {
    words.addEventListener("input", filter);
    result.addEventListener("input", filter);
  }
})();
