// Keeps the ticks of the checklist in the reader's browser, and nowhere else. What is kept is the
// names of the ticked items, so an item keeps its tick when its words or its place change.
{
  const panel = document.querySelector(".checklist");
  const progress = panel.querySelector("progress");
  const status = panel.querySelector("[role=status]");
  const [printing, clearing] = panel.querySelectorAll("button");
  const boxes = [...document.querySelectorAll(".checklist-item > input")];
  // Several sites can have the same origin. The number is that of the way in which ticks are kept.
  const site = new URL("..", document.currentScript.src).pathname;
  const key = `checklist-1:${site}:${panel.dataset.event}`;

  let ticked = new Set();
  let cleared = null;
  let forgotten = false;

  // Storage that is blocked throws, or is nothing at all; what others have left in it can be anything.
  const read = () => {
    if (forgotten) return;
    try {
      const names = JSON.parse(localStorage.getItem(key));
      ticked = new Set(Array.isArray(names) ? names : []);
    } catch (error) {
      if (!(error instanceof SyntaxError)) forget(true);
    }
  };
  const write = () => {
    const names = JSON.stringify([...ticked]);
    try {
      localStorage.setItem(key, names);
      forget(localStorage.getItem(key) !== names);
    } catch {
      forget(true);
    }
  };
  const forget = (yes) => {
    forgotten = yes;
    document.documentElement.dataset.ticks = yes ? "forgotten" : "kept";
  };

  const show = () => {
    for (const box of boxes) box.checked = ticked.has(box.name);
    const open = boxes.filter((box) => !box.checked);
    const count = boxes.length - open.length;
    const left = open.reduce((sum, box) => sum + Number(box.dataset.minutes), 0);
    const minutes = Math.max(1, Math.round(left));
    progress.value = count / boxes.length;
    status.textContent = open.length
      ? `${count} of ${boxes.length} done, about ${minutes} ${minutes === 1 ? "minute" : "minutes"} left.`
      : `All ${count} done. You are ready!`;
    clearing.textContent = cleared ? "Bring the ticks back" : "Clear all ticks";
    clearing.hidden = !cleared && count === 0;
  };
  const change = (names, on) => {
    read();
    for (const name of names) ticked[on ? "add" : "delete"](name);
    write();
    show();
  };

  for (const box of boxes) {
    box.disabled = false;
    box.addEventListener("change", () => {
      cleared = null;
      change([box.name], box.checked);
    });
  }
  printing.addEventListener("click", () => print());
  clearing.addEventListener("click", () => {
    const names = cleared ?? boxes.filter((box) => box.checked).map((box) => box.name);
    const back = cleared !== null;
    cleared = back ? null : names;
    change(names, back);
  });
  // Another tab has changed something; its key is null when it has emptied the storage.
  addEventListener("storage", (event) => {
    if (event.key !== key && event.key !== null) return;
    cleared = null;
    read();
    show();
  });
  // Some browsers put the boxes back as they were when the page was left.
  addEventListener("pageshow", () => { read(); show(); });
  read();
  show();
}
