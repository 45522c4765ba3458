// Keeps the lessons on this device, and says when there is a newer version: see worker.js.
if ("serviceWorker" in navigator && location.protocol !== "file:") {
  const script = new URL("../worker.js", document.currentScript.src);
  const offer = (worker) => {
    const line = document.querySelector(".update-notice");
    const button = (text, act) => {
      const made = document.createElement("button");
      made.textContent = text;
      made.onclick = act;
      return made;
    };
    const show = () => {
      if (worker.state === "activated") location.reload();
      worker.onstatechange = () => { if (worker.state === "activated") location.reload(); };
      worker.postMessage("show");
    };
    line.replaceChildren(
      "A newer version of these lessons is here.",
      button("Show it", show),
      button("Not now", () => line.replaceChildren()));
  };
  const watch = (registration) => {
    const coming = registration.installing;
    coming?.addEventListener("statechange", () => {
      if (coming.state === "installed" && registration.active) offer(coming);
    });
  };
  addEventListener("load", async () => {
    const line = document.createElement("div");
    line.className = "update-notice";
    line.setAttribute("role", "status");
    document.body.append(line);
    try {
      const registration = await navigator.serviceWorker.register(script);
      if (registration.waiting) offer(registration.waiting);
      watch(registration);
      registration.onupdatefound = () => watch(registration);
      // A page that stays open for days asks when it is looked at again.
      document.addEventListener("visibilitychange", () => {
        if (!document.hidden) registration.update().catch(() => {});
      });
    } catch {
      // Storage is blocked: lessons are read as ever, with a network.
    }
  });
}
