// Requests to the service: a file is sent with each of them, because nothing of it is kept there.

const PATIENCE = 60;

export class Problem extends Error {}

export function send(path, item, wishes, signal) {
  return posted(path, form(item, wishes), signal);
}

export async function compared(kept, signal) {
  return (await posted("/page/together", JSON.stringify(kept), signal)).json();
}

async function posted(path, body, signal) {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await fetch(path, { method: "POST", body, credentials: "same-origin", signal });
    if (answer.ok) return answer;
    if (answer.status !== 503 || attempt > PATIENCE) throw new Problem(await words(answer));
    await pause(Number(answer.headers.get("Retry-After")) || 1, signal);
  }
}

export async function lookedUp(text, signal) {
  const answer = await fetch("/page/lookup?q=" + encodeURIComponent(text), { credentials: "same-origin", signal });
  if (!answer.ok) throw new Problem(await words(answer));
  return answer.text();
}

function form(item, wishes) {
  const data = new FormData();
  if (wishes.year) data.append("year", wishes.year);
  if (wishes.showIds) data.append("show_ids", "1");
  if (item.member !== undefined) data.append("member", item.member);
  if (item.folder) data.append("folder", item.folder);
  data.append("file", item.file, item.file.name);
  if (item.sent) data.append("sent", item.sent, item.sent.name);
  return data;
}

async function words(answer) {
  if (answer.status === 413) return "The file is larger than this service takes.";
  if (answer.status === 401) return "You are signed out. Open the page again with its token.";
  const type = answer.headers.get("Content-Type") || "";
  if (type.includes("json")) {
    const problem = await answer.json().catch(() => ({}));
    if (problem.detail) return String(problem.detail);
    if (problem.title) return String(problem.title);
  } else if (type.startsWith("text/plain")) {
    return answer.text();
  }
  return "The service answered with an error (" + answer.status + ").";
}

function pause(seconds, signal) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, Math.min(seconds, 10) * 1000);
    signal?.addEventListener("abort", () => { clearTimeout(timer); reject(signal.reason); }, { once: true });
  });
}
