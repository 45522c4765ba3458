// A reader's way through the checklist in Firefox; prints what was seen, as JSON.
//
//     node way.mjs MODULES PROGRAM PROFILE ADDRESS online|offline
//
// MODULES is the folder in which puppeteer-core is installed. https://pptr.dev/webdriver-bidi
import { createRequire } from "node:module";

const [modules, program, profile, address, way] = process.argv.slice(2);
const puppeteer = createRequire(`${modules}/`)("puppeteer-core");

const ways = {
  async online(page) {
    const seen = { title: await page.title() };
    await page.type("[name=query]", "git clone");
    const found = await page.waitForSelector(".md-search-result__item");
    seen.found = await found.$eval("h1, h2", (each) => each.textContent);
    await page.keyboard.press("Escape");
    await page.focus(".checklist-item > input");
    await page.keyboard.press(" ");
    seen.status = await page.$eval(".checklist [role=status]", (each) => each.textContent);
    await page.evaluate(() => navigator.serviceWorker.ready.then(({ active }) =>
      active.state === "activated" || new Promise((done) => active.addEventListener("statechange", done))));
    return seen;
  },
  async offline(page) {
    return {
      title: await page.title(),
      status: await page.$eval(".checklist [role=status]", (each) => each.textContent),
      note: await page.$eval("aside[aria-label='Without a network']", (each) => each.textContent),
    };
  },
};

const browser = await puppeteer.launch({
  browser: "firefox", executablePath: program, userDataDir: profile, headless: true,
});
try {
  const page = await browser.newPage();
  await page.setViewport({ width: 1280, height: 800 });
  await page.goto(address);
  console.log(JSON.stringify(await ways[way](page)));
} finally {
  await browser.close();
}
