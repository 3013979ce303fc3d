// The page: hands what was pasted to the worker, and shows what it answers.  Nothing is stored, nothing is sent.

import { WORDS } from "./words.mjs";

const PATIENCE = 10_000;
const LARGEST = 64 * 2 ** 20;
const STEPS = ["python", "packages", "import"];

const element = (id) => document.getElementById(id);
const [form, text, drop, file, samples, status, progress, retry, list, told] = ["form", "text", "drop", "file", "samples", "status", "progress", "retry", "list", "told"].map(element);

let language = navigator.languages.some((tag) => tag.startsWith("ja")) ? "ja" : "en";
let worker;
let ready = false;
let asked; // {octets, id, timer}: what is being read
let given; // the octets that were read last, to be read again in the other language
let word; // which sentence stands in the status line
let count = 0;
let titles = []; // of the samples, in each language

const words = () => WORDS[language];

/** Make an element with attributes and children. */
const make = (tag, attributes = {}, ...children) => {
  const made = Object.assign(document.createElement(tag), attributes);
  made.append(...children);
  return made;
};

/** Show what bounceclass wrote: it has escaped all that came with the mail, and the policy lets no script run. */
const html = (tag, className, written) => make(tag, { className, innerHTML: written });

const say = (name, { alarm = false, sentence = words()[name] } = {}) => {
  word = name;
  status.textContent = sentence ?? "";
  status.classList.toggle("alarm", alarm);
  if (alarm) {
    status.scrollIntoView({ block: "nearest" });
  }
};

// -- the language ------------------------------------------------------------------------------

const speak = (chosen) => {
  language = chosen;
  document.documentElement.lang = language;
  document.title = words().title;
  for (const place of document.querySelectorAll("[data-word]")) {
    place.textContent = words()[place.dataset.word];
  }
  for (const button of document.querySelectorAll("[data-language]")) {
    button.setAttribute("aria-pressed", String(button.dataset.language === language));
  }
  if (samples.options.length) {
    samples.options[0].textContent = words().sample_first;
    titles.forEach((title, number) => { samples.options[number + 1].textContent = title[language]; });
  }
  if (word) {
    say(word, { alarm: status.classList.contains("alarm") });
  }
  if (given && !told.hidden) {
    ask(given);
  }
};

// -- the worker --------------------------------------------------------------------------------

const start = () => {
  ready = false;
  retry.hidden = true;
  progress.hidden = false;
  progress.value = 0;
  const base = new URL("./", location.href).href;
  // A worker from a blob: has the policy of its page; one from a file would have none.
  const source = URL.createObjectURL(new Blob([`import ${JSON.stringify(`${base}worker.mjs`)};`], { type: "text/javascript" }));
  worker = new Worker(source, { type: "module" });
  worker.onmessage = ({ data }) => hear(data);
  worker.onerror = () => fail();
  worker.postMessage({ base });
};

const fail = () => {
  worker.terminate();
  progress.hidden = true;
  retry.hidden = false;
  say("not_loaded", { alarm: true });
};

const hear = (message) => {
  if (message.step) {
    progress.value = STEPS.indexOf(message.step) + 0.5;
    say("loading", { sentence: words().loading[message.step] });
  } else if (message.ready) {
    ready = true;
    progress.hidden = true;
    performance.mark("bounceclass-ready");
    say("ready");
    if (asked) {
      send();
    }
  } else if (!asked && message.failure) {
    fail();
  } else if (message.id === asked?.id) {
    const { octets } = asked;
    finish();
    if (message.failure) {
      say("failed", { alarm: true });
    } else if (message.result.problem) {
      hide();
      say(message.result.problem, { alarm: true });
    } else {
      given = octets;
      show(message.result);
    }
  }
};

const hide = () => {
  told.hidden = true;
  list.hidden = true;
  given = undefined;
};

const finish = () => {
  clearTimeout(asked.timer);
  asked = undefined;
  element("read").disabled = false;
};

/** Ask for octets to be read; while Python starts they wait. */
const ask = (octets) => {
  if (asked) {
    clearTimeout(asked.timer);
  }
  count += 1;
  asked = { octets, id: count };
  element("read").disabled = true;
  if (ready) {
    send();
  }
};

const send = () => {
  say("reading");
  asked.timer = setTimeout(() => {
    worker.terminate();
    finish();
    say("slow", { alarm: true });
    const sentence = word;
    start();
    say(sentence, { alarm: true });
  }, PATIENCE);
  worker.postMessage({ id: asked.id, octets: asked.octets, locale: language, minutes: -new Date().getTimezoneOffset() });
};

// -- what is shown -----------------------------------------------------------------------------

const show = ({ mails, more }) => {
  list.hidden = mails.length < 2;
  list.replaceChildren();
  if (mails.length > 1) {
    const buttons = mails.map((mail) => make("li", {}, make("button", { type: "button", textContent: `${mail.name} ${mail.title}`.trim(), onclick: () => open(mail) })));
    list.append(make("p", { textContent: words().several(mails.length) }), make("ol", {}, ...buttons));
    if (more) {
      list.append(make("p", { textContent: words().hundred }));
    }
  }
  open(mails[0]);
  say("done");
};

const open = (mail) => {
  const parts = mail.warning ? [html("div", "warning", mail.warning)] : [];
  // What a forged notice claims is not repeated.
  if (!mail.forged) {
    parts.push(
      html("div", "short", mail.short),
      copies(mail),
      make("details", {}, make("summary", { textContent: words().more }), html("div", "full", mail.full)),
      verdicts(mail),
    );
  }
  told.replaceChildren(...parts);
  told.hidden = false;
  told.focus({ preventScroll: true });
  told.scrollIntoView({ block: "nearest" });
};

const copies = (mail) => {
  const buttons = ["person", "support", "postmaster"].map((audience) =>
    make("button", { type: "button", textContent: words()[audience], onclick: (event) => copy(mail.copies[audience], event.target) }),
  );
  return make("div", { className: "copies" }, make("span", { textContent: words().copy }), ...buttons, make("button", { type: "button", textContent: words().print, onclick: () => print() }));
};

const copy = async (written, button) => {
  try {
    await navigator.clipboard.writeText(written);
    say("copied");
    const { textContent } = button;
    button.textContent = `✓ ${words().copied}`;
    setTimeout(() => { button.textContent = textContent; }, 2_000);
  } catch {
    say("not_copied", { alarm: true });
  }
};

const verdicts = ({ kind, verdicts: rows }) => {
  const cells = (row) => [row.recipient, row.reason, row.address_state, row.action, row.confidence.toFixed(2), row.evidence].map((value) => make("td", { textContent: value }));
  const head = make("tr", {}, ...words().columns.map((name) => make("th", { scope: "col", textContent: name })));
  const table = make("table", {}, make("thead", {}, head), make("tbody", {}, ...rows.map((row) => make("tr", {}, ...cells(row)))));
  return make("details", {}, make("summary", { textContent: words().program }), make("p", { textContent: kind }), make("div", { className: "scroll", tabIndex: 0 }, table));
};

// -- what is given -----------------------------------------------------------------------------

const take = async (chosen) => {
  if (!chosen) {
    return;
  }
  if (chosen.size > LARGEST) {
    say("large", { alarm: true });
    return;
  }
  ask(new Uint8Array(await chosen.arrayBuffer()));
};

form.addEventListener("submit", (event) => {
  event.preventDefault();
  ask(new TextEncoder().encode(text.value));
});
// Who pastes a whole mail wants to read it: no second step.
text.addEventListener("paste", () => setTimeout(() => form.requestSubmit()));
element("clear").addEventListener("click", () => {
  text.value = "";
  hide();
  samples.value = "";
  say(ready ? "ready" : word);
  text.focus();
});
file.addEventListener("change", () => {
  take(file.files[0]);
  file.value = "";
});
retry.addEventListener("click", start);
for (const button of document.querySelectorAll("[data-language]")) {
  button.addEventListener("click", () => speak(button.dataset.language));
}

// A file may be dropped anywhere on the page.
const over = (event) => {
  event.preventDefault();
  drop.classList.add("over");
};
addEventListener("dragover", over);
addEventListener("dragleave", () => drop.classList.remove("over"));
addEventListener("drop", (event) => {
  event.preventDefault();
  drop.classList.remove("over");
  const { files } = event.dataTransfer;
  if (files.length) {
    take(files[0]);
  } else {
    text.value = event.dataTransfer.getData("text/plain");
    form.requestSubmit();
  }
});

const offer = async () => {
  const mails = await (await fetch("samples.json")).json();
  samples.append(make("option", { value: "", textContent: words().sample_first }), ...mails.map(({ title }, number) => make("option", { value: number, textContent: title[language] })));
  titles = mails.map(({ title }) => title);
  samples.addEventListener("change", () => {
    if (samples.value) {
      const { mail } = mails[samples.value];
      text.value = mail;
      ask(Uint8Array.from(mail, (letter) => letter.charCodeAt(0)));
    }
  });
};

speak(language);
start();
offer().catch(() => samples.remove());
navigator.serviceWorker?.register("offline.js").catch(() => {}); // without one the page works, but for a reload without a network
