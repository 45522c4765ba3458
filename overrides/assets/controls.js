// The theme opens its menu and its search with hidden checkboxes and changes colours with hidden
// radio buttons. These are buttons for them, which a keyboard reaches and a screen reader names.
const control = (id) => document.getElementById(id);
const drawer = control("__drawer");
const openMenu = document.querySelector(".menu-button");
const closeMenu = document.querySelector(".menu-close");

document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-for]");
  if (!button) return;
  control(button.dataset.for).click();
});

// The theme puts the button for the other colours in the place of the one that was pressed.
for (const button of document.querySelectorAll("[data-md-component=palette] button")) {
  let pressed = false;
  button.addEventListener("click", () => { pressed = true; });
  // The theme would answer the Enter key as well, for its radio buttons.
  button.addEventListener("keydown", (event) => event.stopPropagation());
  new MutationObserver(() => {
    if (pressed && button.hidden) button.form.querySelector("button:not([hidden])").focus();
    pressed &&= !button.hidden;
  }).observe(button, { attributeFilter: ["hidden"] });
}

// While the menu covers the page nothing else can be reached, as in any dialog.
drawer.addEventListener("change", () => {
  const open = drawer.checked;
  openMenu.setAttribute("aria-expanded", open);
  const behind = ".md-skip, .md-banner, .md-header, .notice, .md-sidebar--secondary, .md-content, .md-top, .md-footer";
  for (const part of document.querySelectorAll(behind)) part.inert = open;
  // The page behind stays where it is being read.
  if (open) closeMenu.focus({ preventScroll: true });
  else if (openMenu.checkVisibility()) openMenu.focus({ preventScroll: true });
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && drawer.checked) drawer.click();
});
document.querySelector(".md-nav--primary").addEventListener("click", (event) => {
  if (event.target.closest("a") && drawer.checked) drawer.click();
});
matchMedia("(min-width: 76.25em)").addEventListener("change", () => {
  if (drawer.checked) drawer.click();
});

// On a phone the search covers the page: one is in its field, and afterwards at its button again.
control("__search").addEventListener("change", ({ target }) => {
  const button = document.querySelector(".search-button");
  if (!button?.checkVisibility()) return;
  (target.checked ? document.querySelector(".md-search__input") : button).focus();
});

// What scrolls sideways is a stop of the keyboard's, and what fits is none.
const fits = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    if (target.scrollWidth > target.clientWidth) target.tabIndex = 0;
    else target.removeAttribute("tabindex");
  }
});
for (const wide of document.querySelectorAll(".scrolls, article pre > code")) fits.observe(wide);

// A glossary word shows what it means when the keyboard reaches it, and hides it on Escape.
for (const word of document.querySelectorAll("article abbr[title]")) {
  word.tabIndex = 0;
  word.addEventListener("keydown", ({ key }) => { if (key === "Escape") word.blur(); });
}

// The theme makes these as landmarks without names, one for each piece of code.
new MutationObserver(() => {
  for (const bar of document.querySelectorAll(".md-code__nav:not([role])")) bar.setAttribute("role", "none");
}).observe(document.querySelector("article"), { childList: true, subtree: true });
