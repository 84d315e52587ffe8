// The chat page's conveniences. Without this file asking, reading and feedback still work through plain forms.
"use strict";
(() => {
  const root = document.documentElement;
  const byId = (id) => document.getElementById(id);
  root.dataset.script = "on";

  // Light and dark: the system's choice until a person makes their own.
  const kept = (() => { try { return localStorage.getItem("wardbook-theme"); } catch { return null; } })();
  if (kept === "light" || kept === "dark") root.dataset.theme = kept;
  const isDark = () => root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  const switchTheme = () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    try { localStorage.setItem("wardbook-theme", root.dataset.theme); } catch { /* private window: for this page only */ }
  };

  const form = byId("ask"), box = byId("question"), turns = byId("turns"), told = byId("told"), trouble = byId("trouble");
  const source = byId("source"), columns = document.querySelector(".columns");
  let busy = false, opener = null;

  const say = (words) => { if (told) told.textContent = words; };
  const complain = (words) => {
    trouble.textContent = words;
    trouble.hidden = !words;
    if (words) trouble.scrollIntoView({ block: "nearest" });
  };
  const unreachable = "The service cannot be reached. Check the connection and try again.";
  const reasonOf = (error) => error instanceof TypeError ? unreachable : error.message;
  const sessionField = () => form.querySelector("input[name=session_id]");
  const grow = () => { box.style.height = "auto"; box.style.height = `${Math.min(box.scrollHeight + 2, 192)}px`; };

  // Server-sent events of a POST, one at a time.
  async function* eventsOf(response) {
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let held = "";
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      held += value;
      for (let end = held.indexOf("\n\n"); end >= 0; end = held.indexOf("\n\n")) {
        const lines = held.slice(0, end).split("\n");
        held = held.slice(end + 2);
        const part = (name) => lines.filter((line) => line.startsWith(`${name}: `)).map((line) => line.slice(name.length + 2)).join("\n");
        if (part("event")) yield { name: part("event"), data: JSON.parse(part("data")) };
      }
    }
  }

  const waitingTurn = (question) => {
    const turn = document.createElement("article");
    turn.className = "turn waiting";
    const head = document.createElement("h2");
    head.className = "question";
    head.textContent = question;
    const text = document.createElement("div");
    text.className = "text";
    turn.append(head, text);
    return turn;
  };

  const begun = (sessionId, question) => {
    if (sessionField()) return;
    const field = Object.assign(document.createElement("input"), { type: "hidden", name: "session_id", value: sessionId });
    form.append(field);
    history.replaceState(null, "", `/c/${sessionId}`);
    document.querySelectorAll(".begin").forEach((part) => part.remove());
    document.querySelector(".talk").classList.remove("empty");
    const title = document.querySelector("h1");
    title.className = "unseen";
    title.textContent = question;
    document.title = `${question} – wardbook`;
    const list = document.querySelector(".past-list");
    list.querySelector(".none")?.remove();
    const link = Object.assign(document.createElement("a"), { href: `/c/${sessionId}`, textContent: question });
    link.setAttribute("aria-current", "page");
    const entry = document.createElement("li");
    const drop = Object.assign(document.createElement("form"), { method: "post", action: `/c/${sessionId}/delete` });
    drop.dataset.confirm = "Delete this conversation?";
    const button = Object.assign(document.createElement("button"), { className: "quiet", textContent: "×", title: "Delete" });
    button.setAttribute("aria-label", `Delete conversation: ${question}`);
    drop.append(button);
    entry.append(link, drop);
    list.prepend(entry);
  };

  const replaceWithHtml = (element, html) => {
    const holder = document.createElement("template");
    holder.innerHTML = html;
    const fresh = holder.content.querySelector("article");
    element.replaceWith(fresh);
    return fresh;
  };

  const summary = (data) => {
    const heads = { answered: "Answered", needs_clarification: "Several doses fit: choose one", not_found: "Not in these pages", refused: "Not answered" };
    const warned = data.warnings ? `, ${data.warnings} warning${data.warnings === 1 ? "" : "s"}` : "";
    return `${heads[data.status] || "Answered"}, ${data.sources} source${data.sources === 1 ? "" : "s"}${warned}.`;
  };

  const troubleOf = async (response) => {
    if (response.status === 401) { location.assign("/sign-in"); return "Sign in first."; }
    try {
      const problem = await response.json();
      return [problem.detail, problem.mend].filter(Boolean).join(" ");
    } catch { return `The service answered with status ${response.status}.`; }
  };

  async function ask(question, undo) {
    if (!question.trim()) return;
    if (busy) { complain("The answer before this one is still coming: ask again when it is here."); return; }
    const button = form.querySelector("button");
    const setBusy = (now) => {
      busy = button.disabled = now;
      if (!now && matchMedia("(hover: hover)").matches) box.focus({ preventScroll: true });
    };
    setBusy(true);
    complain("");
    const turn = waitingTurn(question);
    turns.append(turn);
    turn.scrollIntoView({ block: "start" });
    say("Reading the pages.");
    const body = { question };
    if (sessionField()) body.session_id = sessionField().value;
    if (undo) body.undo = undo;
    let finished = false;
    try {
      const response = await fetch("/ask/stream", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
      if (!response.ok) throw new Error(await troubleOf(response));
      for await (const event of eventsOf(response)) {
        if (event.name === "text") turn.querySelector(".text").append(event.data.text);
        if (event.name === "error") throw new Error([event.data.detail, event.data.mend].filter(Boolean).join(" "));
        if (event.name === "answer") {
          finished = true;
          if (undo) markUndone(undo);
          begun(event.data.session_id, question);
          replaceWithHtml(turn, event.data.html).scrollIntoView({ block: "start" });
          say(summary(event.data));
          complain("");
          if (box.value.trim() === question.trim()) { box.value = ""; grow(); }
          // the next question may be sent from here on, not only once the connection has closed
          setBusy(false);
        }
      }
      if (!finished) throw new Error("The answer was cut off. Ask again.");
    } catch (error) {
      if (finished) return;
      turn.remove();
      say("");
      complain(reasonOf(error));
      if (!box.value) { box.value = question; grow(); }
      setBusy(false);
    }
  }

  const markUndone = (id) => {
    const turn = byId(`a-${id}`);
    if (!turn) return;
    turn.classList.add("undone");
    const note = Object.assign(document.createElement("p"), { className: "note-line", textContent: "You took this question back." });
    turn.querySelector(".question").after(note);
  };

  // The source beside the answer, at its cited lines. It is a step of the browser's history: Back closes it.
  const hideSource = () => {
    source.hidden = true;
    source.replaceChildren();
    columns.classList.remove("with-source");
    opener?.setAttribute("aria-expanded", "false");
    opener?.focus();
    opener = null;
  };
  const closeSource = () => { if (history.state?.source) history.back(); else hideSource(); };
  const showKept = () => {
    const kept = [...document.querySelectorAll(".marker, .source-link")].find((link) => link.getAttribute("href") === history.state?.source);
    if (kept) openSource(kept);
    else if (!source.hidden) hideSource();
  };
  // Cited lines with what stands above them: a row with its table's head and heading where they fit.
  const showCited = (text, cited) => {
    if (!cited) return;
    const table = cited.closest(".table"), room = text.clientHeight - 40, end = cited.getBoundingClientRect().bottom;
    const starts = [table?.previousElementSibling, table, cited].filter(Boolean);
    const start = starts.find((part) => end - part.getBoundingClientRect().top < room) || cited;
    text.scrollTop += start.getBoundingClientRect().top - text.getBoundingClientRect().top - (start === cited && !table ? 80 : 16);
  };
  async function openSource(link) {
    const address = new URL(link.href);
    address.searchParams.set("part", "true");
    let html = "";
    try {
      const response = await fetch(address.pathname + address.search);
      if (!response.ok) throw new Error(await troubleOf(response));
      html = await response.text();
    } catch (error) { complain(reasonOf(error)); return; }
    complain("");
    opener?.setAttribute("aria-expanded", "false");
    opener = link;
    link.setAttribute("aria-expanded", "true");
    source.innerHTML = html;
    source.hidden = false;
    columns.classList.add("with-source");
    const step = { source: link.getAttribute("href") };
    if (history.state?.source) history.replaceState(step, ""); else history.pushState(step, "");
    showCited(source.querySelector(".page-text"), source.querySelector("#cited"));
    link.scrollIntoView({ block: "nearest" });
    source.focus({ preventScroll: true });
  }

  async function copy(turn, button) {
    const words = turn.querySelector("template.copy").content.textContent;
    try {
      await navigator.clipboard.writeText(words);
    } catch {
      const field = Object.assign(document.createElement("textarea"), { value: words, className: "unseen" });
      document.body.append(field);
      field.select();
      document.execCommand("copy");
      field.remove();
    }
    const label = button.textContent;
    button.textContent = "Copied";
    say("Copied with citations.");
    setTimeout(() => { button.textContent = label; }, 2000);
  }

  const print = (turn) => {
    document.body.dataset.print = "one";
    turn.classList.add("print");
    window.print();
    turn.classList.remove("print");
    delete document.body.dataset.print;
  };

  async function judge(target, verdict) {
    const turn = target.closest(".turn");
    const body = { verdict };
    if (verdict === "wrong") body.reason = turn.querySelector(".why textarea").value;
    const thanks = turn.querySelector(".thanks");
    try {
      const response = await fetch(`/v1/answers/${turn.dataset.answer}/feedback`, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
      if (!response.ok) throw new Error(await troubleOf(response));
    } catch (error) { thanks.textContent = reasonOf(error); return; }
    turn.querySelector("[value=helpful]").setAttribute("aria-pressed", String(verdict === "helpful"));
    const wrong = turn.querySelector(".wrong");
    wrong.open = false;
    wrong.toggleAttribute("data-given", verdict === "wrong");
    wrong.querySelector("summary").textContent = verdict === "wrong" ? "Wrong: reported" : "Wrong …";
    thanks.textContent = "Thank you, noted.";
  }

  document.addEventListener("click", (event) => {
    const target = event.target.closest("button, a");
    if (!target) return;
    const act = target.dataset.act, turn = target.closest(".turn");
    if (act === "theme") switchTheme();
    else if (act === "close") closeSource();
    else if (act === "copy") copy(turn, target);
    else if (act === "print") print(turn);
    else if (source && target.matches(".marker, .source-link") && !(event.ctrlKey || event.metaKey || event.shiftKey)) {
      event.preventDefault();
      openSource(target);
    } else if (source?.contains(target) && target.getAttribute("href")?.startsWith("#")) {
      event.preventDefault();
      byId(decodeURIComponent(target.hash.slice(1)))?.scrollIntoView();
    }
  });

  document.addEventListener("submit", (event) => {
    const sent = event.target, button = event.submitter;
    if (sent.dataset.confirm && !window.confirm(sent.dataset.confirm)) { event.preventDefault(); return; }
    if (!form) return;
    if (sent === form) { event.preventDefault(); ask(box.value); }
    else if (button?.matches(".example, .option") && button.name === "question") { event.preventDefault(); ask(button.value); }
    else if (button?.dataset.act === "undo") { event.preventDefault(); ask(sent.elements.question.value, sent.elements.undo.value); }
    else if (sent.matches(".judge")) { event.preventDefault(); judge(button, button.value); }
  });

  if (matchMedia("(max-width: 52rem)").matches) document.querySelectorAll(".past-fold, .contents details").forEach((part) => { part.open = false; });
  if (box) {
    box.addEventListener("input", grow);
    box.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); form.requestSubmit(); }
    });
    const last = turns.lastElementChild;
    if (last && !location.hash) last.scrollIntoView({ block: "start" });
    grow();
  }
  // What opens below the fold is brought into view, ready to write in.
  document.addEventListener("toggle", (event) => {
    if (!event.target.matches(".wrong[open]")) return;
    event.target.querySelector("textarea").focus({ preventScroll: true });
    event.target.scrollIntoView({ block: "nearest" });
  }, true);
  if (source) {
    addEventListener("popstate", showKept);
    showKept();
  }
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && source && !source.hidden) closeSource();
    if (event.key === "/" && box && !/^(INPUT|TEXTAREA)$/.test(document.activeElement.tagName)) { event.preventDefault(); box.focus(); }
  });
})();
