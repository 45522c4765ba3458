// The theme opens its menu and its search with hidden checkboxes and changes colours with hidden
// radio buttons. These are buttons for them, which a keyboard reaches and a screen reader names.
const control = (id) => document.getElementById(id);
const drawer = control("__drawer");
const openMenu = document.querySelector(".menu-button");
const closeMenu = document.querySelector(".menu-close");

document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-for]");
  if (!button) return;
  const id = button.dataset.for;
  // A click on the label, not on the box, makes the theme put the cursor into the field.
  (id === "__search" ? document.querySelector(".search-label") : control(id)).click();
  if (button.hidden) control(id).nextElementSibling.focus();
});

// While the menu covers the page nothing else can be reached, as in any dialog.
drawer.addEventListener("change", () => {
  const open = drawer.checked;
  openMenu.setAttribute("aria-expanded", open);
  const behind = ".md-skip, .md-banner, .md-header, .notice, .md-sidebar--secondary, .md-content, .md-top, .md-footer";
  for (const part of document.querySelectorAll(behind)) part.inert = open;
  if (open) closeMenu.focus();
  else if (openMenu.checkVisibility()) openMenu.focus();
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

// A table that fits needs no stop of the keyboard's.
const fits = new ResizeObserver((entries) => {
  for (const { target } of entries)
    target.tabIndex = target.scrollWidth > target.clientWidth ? 0 : -1;
});
for (const table of document.querySelectorAll(".scrolls")) fits.observe(table);

// The theme makes these as landmarks without names, one for each piece of code.
new MutationObserver(() => {
  for (const bar of document.querySelectorAll(".md-code__nav:not([role])")) bar.setAttribute("role", "none");
}).observe(document.querySelector("article"), { childList: true, subtree: true });
