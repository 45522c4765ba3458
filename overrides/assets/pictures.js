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
  // Not everyone has an Escape key or guesses that a click closes it.
  const button = document.createElement("button");
  button.textContent = "Close";
  dialog.className = "picture-dialog";
  dialog.setAttribute("aria-label", "Larger picture");
  dialog.append(picture, button);
  dialog.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => { dialog.remove(); link.focus(); });
  document.body.append(dialog);
  dialog.showModal();
});
