// The page in a real Chromium: node tests/page/checks.mjs FOLDER CHROMIUM.  One JSON line a check: {name, problem, figure}.

import { createReadStream, existsSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { extname, join, resolve } from "node:path";
import { gzipSync } from "node:zlib";

const [folder, executablePath] = process.argv.slice(2);
const { chromium } = createRequire(resolve("docs/try/package.json"))("playwright-core");
const CORPUS = resolve("corpus");
const TYPES = { ".html": "text/html; charset=utf-8", ".mjs": "text/javascript", ".js": "text/javascript", ".css": "text/css", ".json": "application/json", ".wasm": "application/wasm" };
const UNKNOWN = "550 5.1.1 <taro@example.jp>: User unknown";

const serve = (answer) => new Promise((done) => { const server = createServer(answer).listen(0, "127.0.0.1", () => done(server)); });
const files = await serve((request, response) => {
  const path = join(folder, decodeURIComponent(new URL(request.url, "http://x").pathname).replace(/\/$/, "/index.html"));
  if (!existsSync(path) || !statSync(path).isFile()) {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, { "Content-Type": TYPES[extname(path)] ?? "application/octet-stream" });
  createReadStream(path).pipe(response);
});
let leaked = 0; // another origin, which would let anybody in
const stranger = await serve((_, response) => { leaked += 1; response.writeHead(200, { "Access-Control-Allow-Origin": "*" }).end("leaked"); });
const HERE = `http://127.0.0.1:${files.address().port}/`;
const THERE = `http://127.0.0.1:${stranger.address().port}/`;
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });

const opened = async ({ locale = "ja-JP", width = 1280, before, ...rest } = {}) => {
  const context = await browser.newContext({ locale, viewport: { width, height: 900 }, timezoneId: "Asia/Tokyo", ...rest });
  const page = await context.newPage();
  await before?.(page);
  await page.goto(HERE);
  await page.waitForFunction(() => performance.getEntriesByName("bounceclass-ready").length, null, { timeout: 60_000 });
  return page;
};
const told = async (page) => {
  await page.waitForSelector("#told:not([hidden])", { timeout: 20_000 });
  await page.waitForFunction(() => !document.getElementById("read").disabled);
  return page.innerText("#told");
};
const pasted = async (page, text) => {
  await page.fill("#text", text);
  await page.click("#read");
  return told(page);
};
const status = (page, words) => page.waitForFunction((wanted) => document.getElementById("status").textContent.includes(wanted), words, { timeout: 30_000 });
const must = (holds, what) => {
  if (!holds) {
    throw new Error(what);
  }
};
const mail = (name) => readFileSync(join(CORPUS, `${name}.eml`));

const checks = {
  async "first explanation"() {
    const start = performance.now();
    const page = await opened();
    const ready = performance.now() - start;
    must((await pasted(page, UNKNOWN)).includes("宛先のメールアドレスが見つかりません"), "nothing told");
    return `ready after ${(ready / 1000).toFixed(1)} s, the first explanation after ${((performance.now() - start) / 1000).toFixed(1)} s`;
  },
  async "over the wire"() {
    const names = JSON.parse(readFileSync(join(folder, "files.json")));
    const size = names.reduce((sum, name) => sum + gzipSync(readFileSync(join(folder, name))).length, 0);
    must(size < 8e6, `${size} octets`);
    return `${(size / 1e6).toFixed(1)} MB compressed`;
  },
  async "a real paste is read at once"() {
    const page = await opened({ permissions: ["clipboard-read", "clipboard-write"] });
    await page.evaluate((text) => navigator.clipboard.writeText(text), mail("postfix/01-user-unknown").toString());
    await page.focus("#text");
    await page.keyboard.press("Control+V");
    must((await told(page)).includes("kaneda@example.co.jp"), "not read");
  },
  async "drop, choose, mbox, ZIP and .msg"() {
    const page = await opened();
    const transfer = await page.evaluateHandle((text) => { const data = new DataTransfer(); data.items.add(new File([text], "a.eml")); return data; }, mail("postfix/01-user-unknown").toString());
    await page.dispatchEvent("body", "drop", { dataTransfer: transfer });
    must((await told(page)).includes("kaneda@example.co.jp"), "a dropped file is not read");
    const mbox = ["postfix/01-user-unknown", "qmail/01-no-mailbox-here"].map((name) => `From a Mon Jan  1 00:00:00 2024\n${mail(name)}\n`).join("");
    await page.setInputFiles("#file", { name: "a.mbox", mimeType: "application/mbox", buffer: Buffer.from(mbox) });
    await page.waitForSelector("#list:not([hidden]) li:nth-child(2)");
    await page.click("#list li:nth-child(2) button");
    must((await page.innerText("#told")).includes("kikaku@example.jp"), "the second mail is not shown");
    await page.setInputFiles("#file", { name: "a.msg", mimeType: "application/vnd.ms-outlook", buffer: Buffer.from("d0cf11e0a1b11ae1", "hex") });
    await status(page, ".msg");
    await page.setInputFiles("#file", { name: "a.zip", mimeType: "application/zip", buffer: Buffer.from("PK\x03\x04broken") });
    await status(page, "ZIP");
  },
  async "eight samples"() {
    const page = await opened();
    for (let number = 1; number <= 8; number += 1) {
      await page.evaluate(() => { document.getElementById("told").hidden = true; });
      await page.selectOption("#samples", { index: number });
      must((await told(page)).length > 100, `sample ${number}`);
    }
  },
  async "both languages"() {
    const page = await opened({ locale: "en-US" });
    must((await pasted(page, UNKNOWN)).includes("Not delivered") || (await page.innerText("#told")).includes("does not know this address"), "not in English");
    await page.click("[data-language=ja]");
    await page.waitForFunction(() => document.getElementById("told").textContent.includes("見つかりません"));
    must((await page.getAttribute("html", "lang")) === "ja", "lang");
    must((await page.title()).includes("戻ってきた"), "title");
  },
  async "a forged notice is warned of"() {
    const page = await opened();
    const text = await pasted(page, "From: MAILER-DAEMON@example.com\nSubject: Undelivered Mail Returned to Sender\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nYour message could not be delivered. See the attachment.\n--b\nContent-Type: application/octet-stream; name=mail.exe\nContent-Disposition: attachment; filename=mail.exe\n\nMZ\n--b--\n");
    must(text.startsWith("ご注意ください：偽物"), text.slice(0, 200));
  },
  async "hostile mail"() {
    const page = await opened();
    await pasted(page, mail("postfix/01-user-unknown").toString().replace(/^Subject: .*$/gm, "Subject: <img src=x onerror='window.hacked=1'><script>window.hacked=1</script>"));
    await page.click("summary >> nth=0");
    must(!(await page.evaluate(() => window.hacked)), "a script ran");
    must((await page.locator("#told script, #told img").count()) === 0, "markup of the mail's");
    const before = performance.now();
    await page.setInputFiles("#file", { name: "junk.txt", mimeType: "text/plain", buffer: Buffer.alloc(5e6, "User unknown <a@example.jp> ((((<<<< \n") });
    await page.evaluate(() => new Promise((done) => setTimeout(done, 50)));
    must(performance.now() - before < 5_000, "the page stood still");
    await page.waitForFunction(() => !document.getElementById("read").disabled, null, { timeout: 20_000 });
  },
  async "no connection but to its own files"() {
    const requests = [];
    const page = await opened({ before: (one) => one.on("request", (request) => requests.push(request.url())) });
    await pasted(page, UNKNOWN);
    const reach = (url) => fetch(url).then(() => "sent", () => "refused");
    must((await page.evaluate(reach, THERE)) === "refused", "the page can send");
    must((await page.workers()[0].evaluate(reach, THERE)) === "refused", "the worker can send");
    must(leaked === 0, "another origin was reached");
    must(requests.filter((url) => !url.startsWith(HERE) && !url.startsWith("blob:") && !url.startsWith("data:") && !url.startsWith(THERE)).length === 0, "other files were asked for");
    must((await page.evaluate(() => localStorage.length + sessionStorage.length + document.cookie.length)) === 0, "something is stored");
  },
  async "without a network"() {
    const page = await opened();
    await page.evaluate(() => navigator.serviceWorker.ready);
    await page.waitForFunction(async () => (await (await caches.open("bounceclass")).keys()).length > 8, null, { timeout: 30_000 });
    await page.context().setOffline(true);
    await pasted(page, UNKNOWN);
    await page.reload();
    await page.waitForFunction(() => performance.getEntriesByName("bounceclass-ready").length, null, { timeout: 60_000 });
    must((await pasted(page, UNKNOWN)).includes("見つかりません"), "not after a reload");
  },
  async "a mail that takes too long"() {
    const page = await opened({ serviceWorkers: "block", before: (one) => one.route("**/reader.py", async (route) => {
      const answer = await route.fetch();
      await route.fulfill({ body: (await answer.text()).replace("    try:\n", "    while b'hang' in bytes(octets): pass\n    try:\n"), contentType: "text/plain" });
    }) });
    await page.fill("#text", "hang");
    await page.click("#read");
    await status(page, "10秒");
    must((await page.inputValue("#text")) === "hang", "what was pasted is lost");
    must((await pasted(page, UNKNOWN)).includes("見つかりません"), "no fresh worker");
  },
  async "what does not load can be tried again"() {
    let broken = true;
    const context = await browser.newContext({ locale: "ja-JP", serviceWorkers: "block" });
    const page = await context.newPage();
    await page.route("**/packages.zip", (route) => (broken ? route.abort() : route.continue()));
    await page.goto(HERE);
    await page.waitForSelector("#retry:not([hidden])", { timeout: 30_000 });
    broken = false;
    await page.click("#retry");
    must((await pasted(page, UNKNOWN)).includes("見つかりません"), "not after trying again");
  },
  async "on a phone and on a desk"() {
    for (const width of [390, 1280]) {
      const page = await opened({ width });
      await pasted(page, mail("exchange/07-spanish-no-se-puede-entregar").toString());
      for (const summary of await page.locator("summary").all()) {
        await summary.click();
      }
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      must(wide <= width, `${wide} of ${width} pixels`);
    }
  },
  async "the keyboard alone"() {
    const page = await opened();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    must((await page.evaluate(() => document.activeElement.id)) === "text", "the text is not third");
    await page.keyboard.type("550 User unknown");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    must((await page.evaluate(() => document.activeElement.id)) === "read", "the button does not follow");
    await page.keyboard.press("Enter");
    await told(page);
    must((await page.evaluate(() => document.activeElement.id)) === "told", "what is told has no focus");
    must((await page.getAttribute("#status", "aria-live")) === "polite", "no live region");
    const nameless = await page.evaluate(() => [...document.querySelectorAll("button, input, select, textarea")].filter((one) => !one.textContent.trim() && !one.labels?.length).length);
    must(nameless === 0, `${nameless} without a name`);
  },
  async "contrast in both schemes"() {
    for (const colorScheme of ["light", "dark"]) {
      const page = await opened({ colorScheme });
      await pasted(page, UNKNOWN);
      const weak = await page.evaluate(() => {
        const numbers = (colour) => colour.match(/[\d.]+/g).map(Number);
        const shine = (colour) => { const [r, g, b] = numbers(colour).map((value) => { const part = value / 255; return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4; }); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
        const ground = (one) => { for (let at = one; at; at = at.parentElement) { const colour = getComputedStyle(at).backgroundColor; if (numbers(colour)[3] !== 0) return colour; } return "rgb(255, 255, 255)"; };
        return [...document.querySelectorAll("h1, h2, h3, p, li, label, button, summary, blockquote, #drop span, footer")].filter((one) => one.offsetParent && one.textContent.trim()).filter((one) => {
          const [light, dark] = [shine(getComputedStyle(one).color), shine(ground(one))].sort((a, b) => b - a);
          return (light + 0.05) / (dark + 0.05) < 4.5;
        }).map((one) => one.textContent.trim().slice(0, 30));
      });
      must(weak.length === 0, `${colorScheme}: ${weak}`);
    }
  },
};

for (const [name, check] of Object.entries(checks)) {
  let problem = "";
  let figure = "";
  try {
    figure = (await check()) ?? "";
  } catch (error) {
    problem = String(error?.message ?? error).slice(0, 500) || "failed";
  }
  for (const context of browser.contexts()) {
    await context.close();
  }
  console.log(JSON.stringify({ name, problem, figure }));
}
await browser.close();
files.close();
stranger.close();
process.exit(0);
