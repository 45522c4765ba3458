// A report of a step that did not work says which step, and in which browser. A link below the
// page is pressed when all of it has been read: the step is unknown there.
document.addEventListener("click", ({ target }) => {
  const link = target.closest("a.report");
  if (!link) return;
  const headings = [...document.querySelectorAll("article :is(h2, h3)[id]")];
  const read = headings.findLast((each) => each.getBoundingClientRect().top < innerHeight / 3);
  const step = link.closest("article") ? "" : read?.firstChild.textContent ?? "";
  const address = new URL(link.href);
  const body = address.searchParams.get("body")
    .replace(/^Step:.*$/m, () => `Step: ${step}`)
    .replace(/^Browser:.*$/m, () => `Browser: ${navigator.userAgent}`);
  address.searchParams.set("body", body);
  link.href = address;
});
