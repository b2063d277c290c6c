// What is dropped or chosen, with all that is in its folders: a list of {file, folder}, and the names of what is left out.

const KINDS = /\.(xml|json|zip|txt|eml)$/i;

export function plain(files) {
  return { items: Array.from(files, (file) => ({ file })), leftOut: [] };
}

// A folder that was chosen: its files name the folders that they are in.
export function ofFolder(files) {
  const found = nothing();
  for (const file of files) add(found, file, file.webkitRelativePath.split("/").slice(0, -1).join("/"));
  return sorted(found);
}

// Entries are there only while the event is: they are taken before anything is waited for.
export async function dropped(transfer) {
  const entries = Array.from(transfer.items, (one) => one.webkitGetAsEntry?.()).filter(Boolean);
  if (!entries.some((one) => one.isDirectory)) return plain(transfer.files);
  const found = nothing();
  for (const one of entries) {
    if (one.isDirectory) await walk(one, one.name, found);
    else found.items.push({ file: await file(one) });
  }
  return sorted(found);
}

function nothing() {
  return { items: [], leftOut: [], fromFolder: true };
}

async function walk(folder, path, found) {
  const reader = folder.createReader();
  for (;;) {
    const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (!some.length) return;
    for (const one of some) {
      if (one.isDirectory) await walk(one, path + "/" + one.name, found);
      else if (KINDS.test(one.name)) add(found, await file(one), path);
      else add(found, one, path);
    }
  }
}

function file(entry) {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}

function add(found, one, folder) {
  if (KINDS.test(one.name)) found.items.push({ file: one, folder });
  else if (!one.name.startsWith(".")) found.leftOut.push(folder + "/" + one.name);
}

function sorted(found) {
  const order = new Intl.Collator("en", { numeric: true });
  const path = (one) => (one.folder ? one.folder + "/" : "") + one.file.name;
  found.items.sort((one, other) => order.compare(path(one), path(other)));
  found.leftOut.sort(order.compare);
  return found;
}

export function leftOutWords(names) {
  if (!names.length) return "";
  const shown = names.slice(0, 3).join(", ") + (names.length > 3 ? " and " + (names.length - 3) + " more" : "");
  return (names.length === 1 ? "1 file of another kind was left out: " : names.length + " files of other kinds were left out: ") + shown + ".";
}
