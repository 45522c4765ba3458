// Reloads the page when there is a newer version of it, and says meanwhile what is wrong. What the
// reader has unfolded stays so; where the page is read, and what is filled in, browsers keep.
{
  const { version, changes } = document.currentScript.dataset;
  const place = document.currentScript.previousElementSibling;
  const key = `unfolded: ${location.pathname}`;
  const folds = () => [...document.querySelectorAll("main details")];

  const leave = () => {
    try {
      sessionStorage.setItem(key, JSON.stringify(folds().map((each) => each.open)));
    } catch {
      // Storage is blocked or full: everything is as on a first visit.
    }
    location.reload();
  };
  try {
    const open = JSON.parse(sessionStorage.getItem(key)) ?? [];
    sessionStorage.removeItem(key);
    folds().forEach((each, number) => { each.open = open[number] ?? each.open; });
  } catch {
    // The same.
  }

  // A browser has few connections to one server, so only the tab that is looked at keeps one.
  let source;
  let shown = place.innerHTML;
  const listen = () => {
    source?.close();
    if (document.hidden) return;
    source = new EventSource(changes);
    source.onmessage = ({ data }) => {
      const news = JSON.parse(data);
      if (news.version !== version) leave();
      else if (news.problems !== shown) place.innerHTML = shown = news.problems;
    };
  };
  document.addEventListener("visibilitychange", listen);
  addEventListener("pagehide", () => source?.close());
  addEventListener("pageshow", listen);
}
