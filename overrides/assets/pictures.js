// Shows a picture larger on click, over the page. Without this script the link opens the file.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a.picture-link");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const shown = link.querySelector("img");
  const dialog = document.createElement("dialog");
  const picture = new Image();
  picture.src = link.href;
  picture.alt = shown.alt;
  dialog.className = "picture-dialog";
  dialog.setAttribute("aria-label", "Larger picture; press Escape to close");
  dialog.append(picture);
  dialog.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => { dialog.remove(); link.focus(); });
  document.body.append(dialog);
  dialog.showModal();
});
