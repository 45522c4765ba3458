// What stands in for parts of the theme's script that are cut from it: see theme_script.py.

// A worker that is started by its first message: whoever does not search never loads it.
class LateWorker extends EventTarget {
  constructor(address) { super(); this.address = address; }
  postMessage({ type, data }) {
    // A command is searched for as it stands: the search's own marks, of which "--" forbids the
    // word behind it, are none of the reader's.
    const words = data.replace?.(/[^\p{L}\w."-]+|(?<![\p{L}\w])[-.]+/gu, " ");
    (this.worker ??= this.start()).postMessage({ type, data: words ?? data });
  }
  start() {
    const worker = new Worker(this.address);
    worker.onmessage = ({ data }) => this.dispatchEvent(new MessageEvent("message", { data }));
    return worker;
  }
}

// What the theme uses of clipboard.js, with what browsers have by themselves.
class ClipboardButtons {
  static isSupported() { return true; }
  constructor(selector, { text }) {
    document.addEventListener("click", async ({ target }) => {
      const trigger = target.closest(selector);
      if (!trigger) return;
      const copied = text(trigger);
      // Without encryption, or where it is forbidden, only the older way is left.
      try { await navigator.clipboard.writeText(copied); } catch { this.copy(copied); }
      this.succeeded({ trigger });
    });
  }
  copy(text) {
    const answer = (event) => {
      event.clipboardData.setData("text/plain", text);
      event.preventDefault();
    };
    document.addEventListener("copy", answer, { once: true });
    document.execCommand("copy");
  }
  on(_success, succeeded) { this.succeeded = succeeded; }
}
