// A walk over all pages that links lead to.

/** "/findings/IA-2022-03-02/edit" -> "/findings/{ref}/edit" */
export function patternOf(path) {
  return path.replace(/^\/help\/api\/(?!schemas$)[^/]+/, "/help/api/{ref}").replace(/\/(?=[^/]*\d)(?!v\/)[^/]+/g, "/{ref}");
}
const isFile = (path) => /\/content$|\/export$|\.(pem|crl|json|pdf)$|^\/assets\//.test(path);

/** Visits pages from a list that grows by the links they show; at most `most` addresses of one pattern. */
export async function walk(context, begin, most, visit) {
  const page = await context.newPage();
  const seen = new Map();
  const known = new Set(begin);
  const queue = [...begin];
  const files = new Set();
  while (queue.length > 0) {
    const address = queue.shift();
    const path = new URL(address, "http://x").pathname;
    const links = await visit(page, address);
    const pattern = patternOf(path);
    seen.set(pattern, (seen.get(pattern) ?? 0) + 1);
    for (const link of links) {
      const to = new URL(link, page.url());
      if (isFile(to.pathname)) {
        if (![...files].some((one) => patternOf(one) === patternOf(to.pathname))) files.add(to.pathname);
        continue;
      }
      const next = to.pathname + to.search;
      const waiting = queue.filter((one) => patternOf(new URL(one, "http://x").pathname) === patternOf(to.pathname)).length;
      if (known.has(next) || (seen.get(patternOf(to.pathname)) ?? 0) + waiting >= most) continue;
      known.add(next);
      queue.push(next);
    }
  }
  await page.close();
  return { seen, files };
}
