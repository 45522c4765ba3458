// What the camera does inside a page: bring it to rest, measure, and draw rings.
window.shots = {
  calm: "*, *::before, *::after { transition: none !important; animation: none !important; caret-color: transparent !important; }",

  async settle(theme) {
    if (!document.getElementById("shots-calm")) {
      const style = document.createElement("style");
      style.id = "shots-calm";
      style.textContent = this.calm;
      document.head.append(style);
    }
    const lab = window.jupyterapp;
    if (lab) {
      await lab.restored;
      // A change of the theme can take the focus away, without which a terminal outlines its cursor.
      const focused = document.activeElement;
      for (const { content } of lab.shell.widgets("main")) {
        if (content?._term) content._term.options.cursorInactiveStyle = "block";
      }
      const name = theme === "dark" ? "JupyterLab Dark" : "JupyterLab Light";
      if (document.body.dataset.jpThemeName !== name) {
        await lab.commands.execute("apputils:change-theme", { theme: name });
      }
      await lab.commands.execute("filebrowser:refresh");
      const deadline = Date.now() + 5000;
      while ((document.body.dataset.jpThemeName !== name || document.querySelector("#jupyterlab-splash")) && Date.now() < deadline) {
        await new Promise(done => setTimeout(done, 20));
      }
      focused.focus({ preventScroll: true });
    }
    await document.fonts.ready;
    await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
  },

  async measure(thing) {
    const ratio = await new Promise(done => {
      const observer = new IntersectionObserver(([entry]) => { observer.disconnect(); done(entry.intersectionRatio); });
      observer.observe(thing);
    });
    const box = thing.getBoundingClientRect();
    const top = document.elementFromPoint((box.left + box.right) / 2, (box.top + box.bottom) / 2);
    const open = top && (thing.contains(top) || top.contains(thing));
    return [box.left, box.top, box.right, box.bottom, ratio > 0.99 && Boolean(open)];
  },

  draw(boxes, ring, badge) {
    const make = (name, attributes, text = "") => {
      const each = document.createElementNS("http://www.w3.org/2000/svg", name);
      for (const [key, value] of Object.entries(attributes)) each.setAttribute(key, value);
      each.textContent = text;
      return each;
    };
    const layer = make("svg", {
      id: "shots-rings",
      style: "all: initial; position: fixed; inset: 0; width: 100vw; height: 100vh; z-index: 2147483647; pointer-events: none",
    });
    boxes.forEach(([left, top, right, bottom], index) => {
      const x = Math.round(left) - ring, y = Math.round(top) - ring;
      const shape = { x, y, width: Math.round(right) + ring - x, height: Math.round(bottom) + ring - y, rx: 8, fill: "none" };
      layer.append(make("rect", { ...shape, stroke: "#fff", "stroke-width": 7 }));
      layer.append(make("rect", { ...shape, stroke: "#d6006c", "stroke-width": 4 }));
      if (boxes.length > 1) {
        layer.append(make("circle", { cx: x, cy: y, r: badge - 1, fill: "#d6006c", stroke: "#fff", "stroke-width": 2 }));
        layer.append(make("text", { x, y: y + 5, style: "font: 700 15px sans-serif; text-anchor: middle; fill: #fff; stroke: none" }, String(index + 1)));
      }
    });
    document.body.append(layer);
  },

  clear() {
    document.getElementById("shots-rings")?.remove();
    document.getElementById("shots-calm")?.remove();
  },
};
