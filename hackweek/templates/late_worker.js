// A worker that is started by its first message: whoever does not search never loads it.
class LateWorker extends EventTarget {
  constructor(address) { super(); this.address = address; }
  postMessage(message) { (this.worker ??= this.start()).postMessage(message); }
  start() {
    const worker = new Worker(this.address);
    worker.onmessage = ({ data }) => this.dispatchEvent(new MessageEvent("message", { data }));
    return worker;
  }
}
