// Every page at three widths, in light and dark, on six sheets for people to look at. Runs only when
// TICKMARK_CONTACT_SHEET names the folder for them (tools/contact_sheet).
import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { open } from "./lib/browser.js";
import { test } from "./lib/cases.js";
import { patternOf, walk } from "./lib/walk.js";

const widths = [390, 1024, 1920];
const columns = { 390: 12, 1024: 8, 1920: 6 };
const wide = { 390: 170, 1024: 260, 1920: 350 };
const people = ["la-01", "po-01", "im-01", "tm-01", "xa-01", "ad-01"];
// How much of a long page a thumbnail shows: its height over its width.
const shapes = { 390: 1.7, 1024: 1.1, 1920: 0.75 };

/** One picture of all: [{ name, data }] in a grid, each with its name below. */
async function sheet(page, pictures, columnCount, width, shape) {
  return page.evaluate(
    async ([all, count, each, tall]) => {
      const [gap, line] = [10, 16];
      const canvas = document.createElement("canvas");
      canvas.width = count * (each + gap) + gap;
      canvas.height = Math.ceil(all.length / count) * (each * tall + line + gap) + gap;
      const paint = canvas.getContext("2d");
      paint.fillStyle = "#8a9099";
      paint.fillRect(0, 0, canvas.width, canvas.height);
      paint.font = "11px sans-serif";
      for (const [at, one] of all.entries()) {
        const picture = await createImageBitmap(await (await fetch(one.data)).blob());
        const x = gap + (at % count) * (each + gap);
        const y = gap + Math.floor(at / count) * (each * tall + line + gap);
        const height = Math.min(each * tall, (picture.height * each) / picture.width);
        paint.drawImage(picture, 0, 0, picture.width, (height * picture.width) / each, x, y, each, height);
        paint.fillStyle = "#10141a";
        paint.fillText(one.name, x, y + each * tall + 12, each);
      }
      return canvas.toDataURL("image/webp", 0.62);
    },
    [pictures, columnCount, width, shape],
  );
}

export function addContactSheet(world) {
  const target = process.env.TICKMARK_CONTACT_SHEET;
  if (!target) return;
  test("every page is pictured at three widths in light and dark", async () => {
    mkdirSync(resolve(target), { recursive: true });
    const pages = new Map([["/login", [null, "/login"]]]);
    for (const account of people) {
      const context = await world.browser.as(account);
      await walk(context, ["/"], 1, async (page, address) => {
        assert.equal((await open(page, address)).status(), 200, address);
        const own = address === "/" ? `/ of ${account}` : patternOf(new URL(address, "http://x").pathname);
        if (!pages.has(own)) pages.set(own, [account, address]);
        return page.locator("a[href]").evaluateAll((all) =>
          all.map((one) => new URL(one.getAttribute("href"), document.baseURI).href).filter((href) => href.startsWith(location.origin)));
      });
      await context.close();
    }
    const names = [...pages.keys()].sort();
    const studio = await (await world.browser.inner.newContext()).newPage();
    for (const scheme of ["light", "dark"]) {
      for (const width of widths) {
        const pictures = [];
        for (const account of [null, ...people]) {
          const options = { viewport: { width, height: Math.round(width * shapes[width]) }, colorScheme: scheme };
          const context = account ? await world.browser.as(account, options) : await world.browser.window(options);
          const page = await context.newPage();
          for (const name of names.filter((one) => pages.get(one)[0] === account)) {
            await open(page, pages.get(name)[1]);
            const bytes = await page.screenshot({ type: "jpeg", quality: 80 });
            pictures.push({ name, data: `data:image/jpeg;base64,${bytes.toString("base64")}` });
          }
          await context.close();
        }
        pictures.sort((a, b) => (a.name < b.name ? -1 : 1));
        const made = await sheet(studio, pictures, columns[width], wide[width], shapes[width]);
        writeFileSync(resolve(target, `${width}-${scheme}.webp`), Buffer.from(made.split(",")[1], "base64"));
      }
    }
    const context = await world.browser.as("la-01", { viewport: { width: 1440, height: 900 }, colorScheme: "light" });
    const page = await context.newPage();
    await open(page, "/");
    await page.screenshot({ path: resolve(target, "../screenshot.png") });
    await context.close();
    await studio.context().close();
  }, { seconds: 900 });
}
