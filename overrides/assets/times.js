// Puts the reader's own time beside each of the event's where the two differ, and says on the page
// "Today" what is on now and next.
{
  const local = new Intl.DateTimeFormat("sv", { dateStyle: "short", timeStyle: "short" });
  const weekday = new Intl.DateTimeFormat("en", { weekday: "long" });
  const sessions = [...document.querySelectorAll(".when")].map((when) => {
    const times = [...when.querySelectorAll("time")].map(({ dateTime }) => dateTime);
    const [from, to] = times.map((time) => new Date(time));
    return { when, times, from, to, row: when.closest("tr") };
  });

  // "18:00–19:30 your time"; empty where the reader's clocks show what the event's do.
  const ownTime = ({ times, from, to }) => {
    const theirs = times.map((time) => time.slice(0, 16).replace("T", " "));
    const own = [from, to].map((moment) => local.format(moment));
    if (own.join() === theirs.join()) return "";
    let day = theirs[0].slice(0, 10);
    const parts = [from, to].map((moment, index) => {
      const [date, time] = own[index].split(" ");
      const shown = date === day ? time : `${weekday.format(moment)} ${time}`;
      day = date;
      return shown;
    });
    return `${parts.join("–")} your time`;
  };
  for (const session of sessions) session.when.querySelector(".own").textContent = ownTime(session);
  if (sessions.every(({ when }) => !when.querySelector(".own").textContent)) document.documentElement.classList.add("at-home");

  const box = document.querySelector(".now");
  const paragraph = (...parts) => {
    const made = document.createElement("p");
    made.append(...parts);
    return made;
  };
  const bold = (text) => {
    const made = document.createElement("strong");
    made.textContent = text;
    return made;
  };

  // "Next: A first look, Auditorium. Tuesday, 15 June 2027, 11:00–12:30"
  const entry = (label, { when, times, row }, today) => {
    const [day, , title, place] = row.cells;
    const where = place.textContent ? `, ${place.textContent}` : "";
    const date = times[0].startsWith(today) ? "" : `${day.textContent}, `;
    return paragraph(bold(`${label}:`), " ", ...title.cloneNode(true).childNodes, `${where}. ${date}`, when.cloneNode(true));
  };

  const running = (now, today) => {
    const on = sessions.filter(({ from, to }) => from <= now && now < to);
    const first = Math.min(...sessions.map(({ from }) => +from).filter((from) => from > now));
    const next = sessions.filter(({ from }) => +from === first);
    return [
      ...(on.length ? on.map((each) => entry("Now", each, today)) : [paragraph("Nothing is on now.")]),
      ...(next.length ? next.map((each) => entry("Next", each, today)) : [paragraph("Nothing more is to come.")]),
    ];
  };

  const said = (now) => {
    const { name, first, dates, zone, from, to } = box.dataset;
    const today = new Intl.DateTimeFormat("sv", { dateStyle: "short", timeZone: zone }).format(now);
    if (now >= new Date(to)) return [paragraph(`${name} is over. It took place on ${dates}.`)];
    if (now >= new Date(from)) return running(now, today);
    const days = Math.round((new Date(from.slice(0, 10)) - new Date(today)) / 864e5);
    return [paragraph(`${name} begins ${days === 1 ? "tomorrow" : `in ${days} days`}, on ${first}.`)];
  };

  // What has not changed is not written again: a screen reader would read it again.
  const tell = () => {
    const now = new Date();
    for (const { row, from, to } of sessions) {
      if (from <= now && now < to) row.setAttribute("aria-current", "time");
      else row.removeAttribute("aria-current");
    }
    const news = paragraph(...said(now));
    if (news.textContent !== box.textContent) box.replaceChildren(...news.childNodes);
  };
  if (box) {
    tell();
    setInterval(tell, 20_000);
  }
}
